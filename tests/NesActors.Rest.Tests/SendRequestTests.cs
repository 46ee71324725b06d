using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

/// <summary>What is refused before anything is sent.</summary>
public sealed class SendRequestTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task What_makes_no_sense_is_refused_with_the_reason()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");

        foreach (var (to, query, word) in new (object To, string Query, string Word)[]
        {
            ("Bob", "", "to: a username"), ("bo", "", "to: a username"), ("../bob", "", "to: a username"), ("", "", "to: a username"),
            (Array.Empty<string>(), "", "to: 1 to 100"), (Enumerable.Range(0, 101).Select(number => $"bot{number}"), "", "to: 1 to 100"),
            ("bob", "?wait=read", "wait: published or delivered"), ("bob", "?wait=", "wait: published or delivered"), ("bob", "?wait=published&wait=delivered", "wait: published or delivered"),
            ("bob", "?timeout=5", "timeout: only with"), ("bob", "?wait=published&timeout=0", "timeout: a whole number from 1 to 300"), ("bob", "?wait=published&timeout=301", "timeout: a whole"),
            ("bob", "?wait=published&timeout=1.5", "timeout: a whole"), ("bob", "?wait=published&timeout=-1", "timeout: a whole"), ("bob", "?wait=published&timeout=soon", "timeout: a whole"),
            ("bob", "?withdraw=true", "withdraw: only with"), ("bob", "?wait=delivered&withdraw=true", "withdraw: only with"), ("bob", "?wait=published&withdraw=yes", "withdraw: true or false"),
            ("bob", "?wate=published", "to, wait, timeout, withdraw"), ("bob", "?to=carol", "to: in the body"),
        })
        {
            var problem = await client.SendTextAsync(to, "hello", query).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
            Assert.Contains(word, problem.Text("detail"), StringComparison.Ordinal);
        }
        await client.PostAsync("/v1/messages", new StringContent("hello")).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        Assert.Empty(await lab["alice"].Messenger.ContactsAsync(default));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task What_cannot_be_read_is_refused()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");

        foreach (var body in new[]
        {
            "", "null", "[]", "{", "\"hello\"", """{"to":"bob"}""", """{"text":"hello"}""", """{"to":"bob","text":null}""", """{"to":null,"text":"hello"}""", """{"to":5,"text":"hello"}""",
            """{"to":["bob",5],"text":"hello"}""", """{"to":{"name":"bob"},"text":"hello"}""", """{"to":[["bob"]],"text":"hello"}""", """{"to":"bob","text":5}""", """{"to":"bob","text":"hello","ttl":5}""",
            """{"to":"bob","TEXT":"hello"}""", """{"to":"bob","to":"eve","text":"hello"}""", """{"to":"bob","text":"\ud800"}""", """{"to":"bob","text":"a\udc00b"}""", """{"to":"\ud800","text":"hello"}""", """{"to":["\ud800"],"text":"hello"}""",
            """{"to":"bob","text":"hello"} {}""",
        })
        {
            var problem = await client.PostAsync("/v1/messages", new StringContent(body, Encoding.UTF8, "application/json")).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
            Assert.DoesNotContain("hello", problem.Text("detail"), StringComparison.Ordinal);
        }
        await client.PostAsync("/v1/messages", Bytes([.. """{"to":"bob","text":"x"""u8, 0xFF, .. "\"}"u8], "application/json")).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        await client.PostAsync("/v1/messages?to=bob", Bytes([0x68, 0xC3, 0x28], "text/plain")).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Empty(await lab["alice"].Messenger.ContactsAsync(default));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Content_of_another_type_is_refused()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");

        foreach (var type in new[] { "application/x-www-form-urlencoded", "text/html", "application/jsonx", "application/json; charset=utf-16", "text/plain; charset=latin1" })
            await client.PostAsync("/v1/messages?to=bob", Bytes("""{"to":"bob","text":"hello"}"""u8.ToArray(), type)).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        await client.PostAsync("/v1/messages?to=bob", null).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        await client.PostAsync("/v1/messages", Bytes("""{"to":"bob","text":"hello"}"""u8.ToArray(), "Application/JSON; charset=UTF-8")).JsonAsync(HttpStatusCode.Accepted);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Each_route_takes_its_own_scope()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        var (sending, reading, deciding) = (await gateway.AsAsync("alice", "send"), await gateway.AsAsync("alice", "read"), await gateway.AsAsync("alice", "admin"));
        var id = (await sending.SendTextAsync("bob", "hello", "?wait=published&timeout=1").ProblemAsync(HttpStatusCode.NotFound, "unknown_user")).Text("message_id");

        await gateway.Anonymous().SendTextAsync("bob", "hello").ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        foreach (var client in new[] { reading, deciding }) await client.SendTextAsync("bob", "hello").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.False((await sending.GetAsync($"/v1/messages/{id}").JsonAsync()).TryGetProperty("text", out _));
        Assert.Equal("hello", (await reading.GetAsync($"/v1/messages/{id}").JsonAsync()).Text("text"));
        await deciding.GetAsync($"/v1/messages/{id}").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        foreach (var client in new[] { sending, reading }) await client.DeleteAsync($"/v1/messages/{id}").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await deciding.DeleteAsync($"/v1/messages/{id}").EmptyAsync();
    }

    private static ByteArrayContent Bytes(byte[] body, string type) => new(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
}
