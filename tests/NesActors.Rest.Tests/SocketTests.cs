using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class SocketTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task The_same_events_come_as_by_the_other_streams_and_can_be_resumed()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var secret = await gateway.TokenAsync("alice", "read");
        using var stream = await EventStream.OpenAsync(gateway.With(secret));
        var first = await SocketClient.OpenAsync(gateway, secret, null, "other", "nes.v1");
        Assert.Equal("nes.v1", first.Protocol);
        for (var i = 0; i < 5; i++) await lab["bob"].SendAsync("alice", $"text {i} {new string('\0', i * 10_000)}");
        await lab["bob"].SendAsync("alice", "the last");

        var one = await first.NextAsync();
        var rest = await first.UntilAsync("the last");
        Assert.Equal(WebSocketCloseStatus.NormalClosure, await first.CloseAsync());
        using var again = await SocketClient.OpenAsync(gateway, secret, one.GetProperty("cursor").GetInt64());
        Assert.Equal(one.GetProperty("cursor").GetInt64(), again.Start);

        var texts = rest.Select(happened => happened.GetRawText()).ToList();
        Assert.Equal(texts, (await again.UntilAsync("the last")).Select(happened => happened.GetRawText()));
        Assert.Equal([one.GetRawText(), .. texts], (await stream.UntilAsync("the last")).Select(happened => happened.GetRawText()));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_message_is_sent_and_answered_with_its_id()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        var gateway = await lab.ServeAsync("alice");
        using var socket = await SocketClient.OpenAsync(gateway, await gateway.TokenAsync("alice", "read", "send"));

        await socket.SendAsync(new { type = "send", @ref = "1", to = new[] { "bob", "carol" }, text = "to both" });
        var sent = await socket.NextAsync("sent");
        Assert.Equal("1", sent.Text("ref"));
        Assert.Equal(["bob", "carol"], sent.GetProperty("messages").EnumerateArray().Select(message => message.Text("to")));
        Assert.All(sent.GetProperty("messages").EnumerateArray(), message => Assert.Equal("queued", message.Text("state")));
        foreach (var user in new[] { "bob", "carol" }) await lab[user].EventAsync<MessageReceived>(received => received.Message.Text == "to both");

        await socket.SendAsync(new { type = "send", to = "bob", text = "once", idempotency_key = "order-1" });
        var first = await socket.NextAsync("sent");
        await socket.SendAsync(new { type = "send", to = "bob", text = "once", idempotency_key = "order-1" });
        var second = await socket.NextAsync("sent");
        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.False(first.TryGetProperty("ref", out _));
        await socket.SendAsync(new { type = "send", @ref = "2", to = "bob", text = "twice", idempotency_key = "order-1" });
        var conflict = await socket.NextAsync("problem");
        Assert.Equal(("2", "idempotency_conflict"), (conflict.Text("ref"), conflict.Text("code")));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task What_makes_no_sense_is_answered_with_a_problem_and_the_socket_goes_on()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        using var socket = await SocketClient.OpenAsync(gateway, await gateway.TokenAsync("alice", "read", "send"));

        await Refused("{", "invalid_request", null);
        await Refused("[]", "invalid_value", null);
        await Refused("""{"ref":"a"}""", "invalid_value", "a");
        await Refused("""{"type":"sing","ref":"a"}""", "invalid_value", "a");
        await Refused("""{"type":"send","ref":7,"to":"bob","text":"x"}""", "invalid_value", null);
        await Refused($$"""{"type":"send","ref":"{{new string('a', 256)}}","to":"bob","text":"x"}""", "invalid_value", null);
        await Refused("""{"type":"send","ref":"a","to":"bob"}""", "invalid_request", "a");
        await Refused("""{"type":"send","ref":"a","to":"bob","text":"x","txt":"y"}""", "invalid_request", "a");
        await Refused("""{"type":"send","ref":"a","to":"bob","text":"x","text":"y"}""", "invalid_request", null);
        await Refused("""{"type":"send","ref":"a","to":"bob","text":"\ud800"}""", "invalid_request", "a");
        await Refused("""{"type":"send","ref":"\ud800","to":"bob","text":"x"}""", "invalid_request", null);
        await Refused("""{"type":"send","ref":"a","to":"Bob!","text":"x"}""", "invalid_value", "a");
        await Refused("""{"type":"send","ref":"a","to":[],"text":"x"}""", "invalid_value", "a");
        await Refused("""{"type":"send","ref":"a","to":"bob","text":"x","idempotency_key":"a b"}""", "invalid_value", "a");
        await Refused($$"""{"type":"send","ref":"a","to":"bob","text":"{{new string('x', 65_537)}}"}""", "too_large", "a");
        await Refused(new string('[', 1000), "invalid_request", null);

        await socket.SendAsync(new { type = "send", to = "bob", text = "all is well" });
        await socket.NextAsync("sent");
        await lab["bob"].EventAsync<MessageReceived>(received => received.Message.Text == "all is well");
        Assert.Single(await lab["bob"].Messenger.HistoryAsync(Username.Parse("alice"), null, null, 10, default));

        async Task Refused(string text, string code, string? reference)
        {
            await socket.SendTextAsync(text);
            var problem = await socket.NextAsync("problem");
            Assert.Equal(code, problem.Text("code"));
            Assert.Equal(reference, problem.TryGetProperty("ref", out var found) ? found.GetString() : null);
            Assert.NotEqual("", problem.Text("detail"));
        }
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_token_sends_no_more_than_it_may()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        var gateway = await lab.ServeAsync(request => request with { Limits = request.Limits with { Rate = 1, Burst = 3 } }, "alice");
        using var reading = await SocketClient.OpenAsync(gateway, await gateway.TokenAsync("alice", "read"));
        await reading.SendAsync(new { type = "send", to = "bob", text = "x" });
        Assert.Equal("forbidden", (await reading.NextAsync("problem")).Text("code"));

        using var socket = gateway.BySocket("alice");
        var made = await socket.PostAsync("/v1/tokens", Answers.Json(new { name = "bob alone", scopes = new[] { "read", "send" }, recipients = new[] { "bob" } })).JsonAsync(HttpStatusCode.Created);
        using var sending = await SocketClient.OpenAsync(gateway, made.Text("secret")!);
        await sending.SendAsync(new { type = "send", to = new[] { "bob", "carol" }, text = "x" });
        Assert.Equal("forbidden", (await sending.NextAsync("problem")).Text("code"));

        // One request opened it, one was just refused; the rest of a burst is one, and at some point there is no more.
        string? code = null;
        while (code != "rate_limited")
        {
            await sending.SendAsync(new { type = "sing" });
            var problem = await sending.NextAsync("problem");
            code = problem.Text("code");
            if (code == "rate_limited") Assert.Equal(1, problem.GetProperty("retry_after").GetInt32());
        }
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_message_that_is_too_large_or_no_text_closes_the_socket()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        var secret = await gateway.TokenAsync("alice", "read", "send");
        using var large = await SocketClient.OpenAsync(gateway, secret);
        using var binary = await SocketClient.OpenAsync(gateway, secret);

        await large.SendTextAsync(new string(' ', (512 * 1024) + 1));
        await binary.SendTextAsync("{}", WebSocketMessageType.Binary);

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await large.EndAsync());
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await binary.EndAsync());
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_socket_says_why_it_is_closed()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        using var revoked = await SocketClient.OpenAsync(gateway, await gateway.TokenAsync("alice", "read"));
        using var client = gateway.BySocket("alice");
        var token = (await client.GetAsync("/v1/tokens").JsonAsync()).GetProperty("tokens").EnumerateArray().Last().Text("id");
        using var other = await SocketClient.OpenAsync(gateway, await gateway.TokenAsync("alice", "read"));

        await client.DeleteAsync($"/v1/tokens/{token}").EmptyAsync();
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await revoked.EndAsync());

        var stopping = gateway.StopAsync();
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await other.EndAsync());
        await stopping;
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_socket_says_so_when_the_session_ends()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        using var socket = await SocketClient.OpenAsync(gateway, await gateway.TokenAsync("alice", "read"));
        await lab["bob"].SendAsync("alice", "one");
        await socket.UntilAsync("one");

        var leaving = lab.LeaveAsync("alice");
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await socket.EndAsync());
        await leaving;
        await lab["bob"].Messenger.SendAsync(Username.Parse("alice"), "two", default);
        await lab.JoinAsync("alice");
        var next = await lab.ServeAsync("alice");

        using var again = await SocketClient.OpenAsync(next, await next.TokenAsync("alice", "read"), socket.Cursor);
        Assert.DoesNotContain(await again.UntilAsync("two"), happened => happened.Text("type") == "message" && happened.GetProperty("message").Text("text") == "one");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_socket_whose_other_side_takes_nothing_is_cut_off()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var gateway = await lab.ServeAsync(request => request with { Clock = clock }, "alice");
        var secret = await gateway.TokenAsync("alice", "read");
        using var stalled = await SocketClient.OpenAsync(gateway, secret);
        using var other = await EventStream.OpenAsync(gateway.With(secret));
        // More than a system holds back of a connection.
        for (var i = 0; i < 40; i++) await lab["bob"].Messenger.SendAsync(Username.Parse("alice"), $"text {i} {new string('\0', 65_000)}", default);
        await lab["bob"].SendAsync("alice", "the last");
        await other.UntilAsync("the last");

        while (!gateway.Log.Any(line => line.Text.Contains("cut off", StringComparison.Ordinal)))
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            await other.BlockAsync();
        }

        await Assert.ThrowsAsync<WebSocketException>(() => stalled.UntilAsync("the last"));
        using var again = await SocketClient.OpenAsync(gateway, secret, stalled.Cursor);
        await again.UntilAsync("the last");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task What_is_no_websocket_of_ours_is_refused()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Limits = request.Limits with { Streams = 1 } }, "alice");
        var secret = await gateway.TokenAsync("alice", "read");
        await gateway.With(secret).GetAsync("/v1/ws").ProblemAsync(HttpStatusCode.UpgradeRequired, "upgrade_required");
        await gateway.Anonymous().GetAsync("/v1/ws").ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await gateway.Anonymous().GetAsync($"/v1/ws?token={secret}").ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");

        await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.OpenAsync(gateway, secret, null, "other"));
        await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.OpenAsync(gateway, secret, 1_000_000));
        using var one = await SocketClient.OpenAsync(gateway, secret);
        Assert.Null(one.Protocol);
        await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.OpenAsync(gateway, secret));
        await one.CloseAsync();
    }
}
