using System.Net;
using System.Net.Sockets;
using System.Text;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public abstract class HostileRequestSpec(Database database) : ServerSpec(database)
{
    [SkippableTheory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"username\"")]
    [InlineData("{")]
    [InlineData("{}x")]
    [InlineData("{\"username\":\"amy\"")]
    [InlineData("{\"username\":\"amy\",\"username\":\"ben\"}")]
    [InlineData("{\"username\":\"amy\",\"Username\":\"ben\"}")]
    [InlineData("{\"USERNAME\":\"amy\"}")]
    [InlineData("{\"u\u017fername\":\"amy\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"username\":\"\\ud800\"}")]
    [InlineData("{\"username\":\"amy\",}")]
    [InlineData("{/**/\"username\":\"amy\"}")]
    [InlineData("{\"a\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}")]
    public async Task Refuses_what_is_no_request(string body) =>
        await PostAsync(Encoding.UTF8.GetBytes(body)).ShouldBeAsync(HttpStatusCode.BadRequest, "request decode error");

    [SkippableTheory]
    [InlineData("{}", "username validation error")]
    [InlineData("{\"username\":1}", "username validation error")]
    [InlineData("{\"username\":{\"a\":1}}", "username validation error")]
    [InlineData("{\"username\":\"amy\"}", "email validation error")]
    [InlineData("{\"username\":\"amy\",\"email\":[]}", "email validation error")]
    [InlineData("{\"username\":\"amy\",\"email\":\"a@b\"}", "decode key error")]
    [InlineData("{\"username\":\"amy\",\"email\":\"a@b\",\"public_key_message\":null,\"public_key_sign\":true}", "decode key error")]
    public Task Says_what_is_missing(string body, string reason) =>
        PostAsync(Encoding.UTF8.GetBytes(body)).ShouldBeAsync(HttpStatusCode.BadRequest, reason);

    [SkippableFact]
    public Task Refuses_bytes_that_are_no_text() => PostAsync([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]).ShouldBeAsync(
        HttpStatusCode.BadRequest, "request decode error");

    [SkippableFact]
    public async Task Random_damage_never_ends_in_a_failure_of_the_server()
    {
        var random = new Random(20261122);
        var valid = Encoding.UTF8.GetBytes("{\"username\":\"amy\",\"email\":\"a@b\",\"public_key_message\":\"x\",\"public_key_sign\":\"y\"}");
        for (var i = 0; i < 500; i++)
        {
            var damaged = valid.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            using var response = await PostAsync(damaged);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [SkippableFact]
    public async Task Refuses_a_body_larger_than_64_KiB()
    {
        var large = Encoding.UTF8.GetBytes("{\"username\":\"" + new string('a', 70_000) + "\"}");
        await PostAsync(large).ShouldBeAsync(HttpStatusCode.RequestEntityTooLarge, "request too large");
    }

    [SkippableFact]
    public async Task Refuses_a_large_body_that_does_not_say_its_length()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "users") { Content = new ByteArrayContent(new byte[70_000]) };
        request.Headers.TransferEncodingChunked = true;
        await Directory.Http.SendAsync(request).ShouldBeAsync(HttpStatusCode.RequestEntityTooLarge, "request too large");
    }

    [SkippableTheory]
    [InlineData("POST", "users/amy")]
    [InlineData("DELETE", "users/amy/token")]
    [InlineData("POST", "users/amy/keys")]
    [InlineData("GET", "users/amy/keys")]
    [InlineData("GET", "users/amy/revoke")]
    [InlineData("POST", "users/amy/history")]
    [InlineData("PUT", "users/amy/recovery")]
    [InlineData("GET", "users/amy/recovery/veto")]
    [InlineData("PUT", "users")]
    [InlineData("GET", "users")]
    [InlineData("TRACE", "")]
    [InlineData("NONSENSE", "users/amy")]
    public async Task Refuses_another_method(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Directory.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [SkippableTheory]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("GET /users/amy HTTP/9.9\r\n\r\n")]
    [InlineData("GET /users/\0 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task Answers_broken_HTTP_with_a_refusal(string bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Directory.Server.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(bytes));
        using var reader = new StreamReader(client.GetStream());
        var status = await reader.ReadLineAsync().WaitAsync(Patience.Limit);
        Assert.Matches("^HTTP/1.1 (4..|505) ", status);
    }

    [SkippableFact]
    public async Task A_client_that_breaks_off_costs_nothing_else()
    {
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, Directory.Server.BaseAddress.Port);
            await client.GetStream().WriteAsync("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n{"u8.ToArray());
        }
        await Directory.RegisterAsync("amy").ShouldBeAsync(HttpStatusCode.Created, "user created");
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body) => Directory.Http.PostAsync(new Uri("users", UriKind.Relative), new ByteArrayContent(body));
}

public sealed class HostileRequestTests() : HostileRequestSpec(Database.Sqlite);

public sealed class PostgresHostileRequestTests() : HostileRequestSpec(Database.Postgres);
