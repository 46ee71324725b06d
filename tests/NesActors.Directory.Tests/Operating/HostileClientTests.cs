using System.Net;
using System.Net.Sockets;
using System.Text;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Operating;

/// <summary>Clients that cost much and give little.</summary>
public sealed class HostileClientTests : IAsyncLifetime
{
    private TestDirectory _directory = null!;

    public async Task InitializeAsync() => _directory = await TestDirectory.StartAsync(configure: options => options with { Limits = new() });

    public async Task DisposeAsync() => await _directory.DisposeAsync();

    [Fact]
    public async Task One_that_never_ends_its_head_is_cut_off()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("GET /users/nobody HTTP/1.1\r\nHost: a\r\nX-Slow: "u8.ToArray());
        Assert.DoesNotContain(" 200 ", await UntilClosedAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_never_ends_its_body_is_cut_off()
    {
        using var client = await ConnectAsync();
        await client.SendAsync("POST /users HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray());
        Assert.Contains("408", await UntilClosedAsync(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "users", false)]
    [InlineData("POST", "users", true)]
    [InlineData("PUT", "users/nobody/keys", false)]
    [InlineData("POST", "users/nobody/revoke", true)]
    public async Task A_hundred_megabytes_are_refused_unread(string method, string path, bool isChunked)
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Encoding.ASCII.GetBytes(
            $"{method} /{path} HTTP/1.1\r\nHost: a\r\n{(isChunked ? "Transfer-Encoding: chunked" : "Content-Length: 104857600")}\r\n\r\n{(isChunked ? "6400000\r\n" : "")}"));
        var sending = SendMuchAsync(client);
        Assert.Contains(" 413 ", await UntilClosedAsync(client), StringComparison.Ordinal);
        Assert.True(await sending < 100 * 1024 * 1024);
    }

    [Fact]
    public async Task A_thousand_idle_connections_keep_nobody_out()
    {
        var idle = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => ConnectAsync()));
        using (var answer = await _directory.Http.GetAsync(new Uri("users/nobody", UriKind.Relative))) Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        foreach (var client in idle) client.Dispose();
    }

    [Theory]
    [InlineData("DELETE", "")]
    [InlineData("PUT", "users")]
    [InlineData("PATCH", "users/nobody")]
    [InlineData("POST", "health/ready")]
    public async Task Other_methods_are_not_allowed(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await _directory.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.NotEmpty(answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_request_that_runs_ends_before_the_server_does()
    {
        using var client = await ConnectAsync();
        var body = $$"""{"username":"amy","email":"a@example.org","public_key_message":{{Quoted(TestKeys.Message("amy"))}},"public_key_sign":{{Quoted(TestKeys.Sign("amy"))}}}""";
        await client.SendAsync(Encoding.ASCII.GetBytes($"POST /users HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n{body[..10]}"));
        using (var answer = await _directory.Http.GetAsync(new Uri("users/nobody", UriKind.Relative))) Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var stopping = _directory.Server.DisposeAsync();
        await client.SendAsync(Encoding.ASCII.GetBytes(body[10..]));
        Assert.Contains(" 201 ", await UntilClosedAsync(client), StringComparison.Ordinal);
        await stopping;
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, _directory.Server.BaseAddress.Port);
        return client;
    }

    private static async Task<long> SendMuchAsync(Socket client)
    {
        var sent = 0L;
        try
        {
            var block = new byte[1 << 16];
            while (sent < 100 * 1024 * 1024) sent += await client.SendAsync(block);
        }
        catch (SocketException)
        {
            // The server has hung up, as it should.
        }
        return sent;
    }

    private static async Task<string> UntilClosedAsync(Socket client)
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            while (await client.ReceiveAsync(buffer, limit.Token) is > 0 and var read) text.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        catch (SocketException)
        {
            // Reset in place of a goodbye.
        }
        return text.ToString();
    }
}
