using System.Net;
using System.Net.Sockets;
using System.Text;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

/// <summary>What a single client may cost the server. What is refused before it is a request (431, 414) has a status and no body: that is the web server's own.</summary>
public sealed class HostileRequestTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task A_body_that_trickles_is_given_up()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");

        var answer = await RawAsync(gateway, $"{await HeadAsync(gateway, "Content-Length: 1000")}\r\n{{\"to\":\"bob\",");

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"request_timeout\"", answer, StringComparison.Ordinal);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_body_that_is_too_large_is_refused_with_and_without_a_length()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        var client = await gateway.AsAsync("alice", "send");

        await client.PostAsync("/v1/messages?to=bob", new ByteArrayContent(new byte[(512 * 1024) + 1]) { Headers = { ContentType = new("text/plain") } })
            .ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
        var chunk = $"10000\r\n{new string(' ', 0x10000)}\r\n";
        var answer = await RawAsync(gateway, $"{await HeadAsync(gateway, "Transfer-Encoding: chunked")}\r\n{string.Concat(Enumerable.Repeat(chunk, 9))}");
        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"too_large\"", answer, StringComparison.Ordinal);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Too_many_headers_too_long_ones_and_too_long_an_address_are_refused()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");

        Assert.StartsWith("HTTP/1.1 431 ", await RawAsync(gateway, $"GET / HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 64).Select(n => $"X-{n}: y\r\n"))}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await RawAsync(gateway, $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('y', 17_000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414 ", await RawAsync(gateway, $"GET /{new string('y', 8192)} HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_request_that_is_none_is_refused()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");

        foreach (var request in new[] { "\u0016\u0003\u0001\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n" })
            Assert.StartsWith("HTTP/1.1 400 ", await RawAsync(gateway, request), StringComparison.Ordinal);
    }

    private static async Task<string> HeadAsync(LabGateway gateway, string length) =>
        $"POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {await gateway.TokenAsync("alice", "send")}\r\nContent-Type: application/json\r\n{length}\r\n";

    /// <summary>Says something and reads until the server hangs up.</summary>
    private static async Task<string> RawAsync(LabGateway gateway, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Address.Port);
        var stream = client.GetStream();
        var answer = new StringBuilder();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
            var buffer = new byte[4096];
            for (int read; (read = await stream.ReadAsync(buffer)) > 0;) answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        catch (IOException) when (answer.Length > 0)
        {
            // It hung up on the rest of what was said.
        }
        return answer.ToString();
    }
}
