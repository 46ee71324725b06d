using System.Net;
using System.Text;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class SendingTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task Sends_to_one_and_says_that_it_is_written_down()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");

        var message = (await client.SendTextAsync("bob", "hello").JsonAsync(HttpStatusCode.Accepted)).OneMessage();

        Assert.Equal(("bob", "queued"), (message.Text("to"), message.Text("state")));
        var received = await lab["bob"].EventAsync<MessageReceived>(_ => true);
        Assert.Equal(("alice", "hello"), (received.Message.Contact.Value, received.Message.Text));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Waits_until_the_recipient_has_confirmed_it()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice", "bob");
        await (await gateway.AsAsync("bob", "send")).SendTextAsync("alice", "hello").JsonAsync(HttpStatusCode.Accepted);
        await lab["alice"].EventAsync<MessageReceived>(_ => true);

        var message = (await (await gateway.AsAsync("alice", "send")).SendTextAsync("bob", "hello", "?wait=delivered&timeout=60").JsonAsync(HttpStatusCode.Accepted)).OneMessage();

        Assert.Equal("delivered", message.Text("state"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Says_how_far_it_came_where_nobody_confirms_it_in_time()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        lab.Directory.Shows("carol");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");

        var message = (await client.SendTextAsync("carol", "hello", "?wait=delivered&timeout=1").JsonAsync(HttpStatusCode.Accepted)).OneMessage();

        Assert.Equal("published", message.Text("state"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Takes_a_text_as_it_is_for_whom_the_address_names()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");
        var text = "first line\n{\"second\": <b>line</b>} é\n";

        var sent = await client.PostAsync("/v1/messages?to=bob&to=carol&to=bob&wait=published", new StringContent(text, Encoding.UTF8, "text/plain")).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal([("bob", "published"), ("carol", "published")], sent.GetProperty("messages").EnumerateArray().Select(one => (one.Text("to"), one.Text("state"))));
        Assert.Equal(text, (await lab["bob"].EventAsync<MessageReceived>(_ => true)).Message.Text);
        Assert.Equal(text, (await lab["carol"].EventAsync<MessageReceived>(_ => true)).Message.Text);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Tells_for_each_of_several_how_it_ended()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");

        var sent = await client.SendTextAsync(new[] { "bob", "nobody" }, "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted);

        var (bob, nobody) = (sent.GetProperty("messages")[0], sent.GetProperty("messages")[1]);
        Assert.Equal(("bob", "published"), (bob.Text("to"), bob.Text("state")));
        Assert.False(bob.TryGetProperty("failure", out _));
        Assert.Equal(("nobody", "failed", "unknown_user"), (nobody.Text("to"), nobody.Text("state"), nobody.Text("failure")));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Sends_hostile_texts_as_they_are_and_shows_them_so()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice", "bob");
        var (alice, bob) = (await gateway.AsAsync("alice", "send", "read"), await gateway.AsAsync("bob", "read"));
        string[] texts = ["<script>alert(1)</script>", "\u202Egnp.exe\u2066", "a\0b\u0007\u001b[31m", "\U0001F468\u200D\U0001F469 e\u0301", "", "\"}],\"x\":[{\"", "\uFEFF\uFFFF"];

        foreach (var text in texts) await alice.SendTextAsync("bob", text, "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        await lab["bob"].EventAsync<MessageReceived>(received => received.Message.Text == texts[^1]);

        foreach (var (client, contact) in new[] { (alice, "bob"), (bob, "alice") })
        {
            var shown = await client.GetAsync($"/v1/conversations/{contact}/messages").JsonAsync();
            Assert.Equal(texts, shown.GetProperty("messages").EnumerateArray().Select(message => message.Text("text")));
        }
        using var raw = await bob.GetAsync("/v1/conversations/alice/messages");
        Assert.True(System.Text.Ascii.IsValid(await raw.Content.ReadAsByteArrayAsync()));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task The_longest_text_arrives_and_a_longer_one_is_refused()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "send");
        var longest = new string('é', Message.MaxTextBytes / 2);

        await client.SendTextAsync("bob", longest).JsonAsync(HttpStatusCode.Accepted);
        await client.SendTextAsync("bob", longest + "e").ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
        await client.PostAsync("/v1/messages?to=bob", new StringContent(longest + "e")).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
        await client.SendTextAsync("bob", new string('e', 600_000)).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
        await client.PostAsync("/v1/messages?to=bob", new StringContent(new string('e', 600_000))).ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");

        Assert.Equal(longest, (await lab["bob"].EventAsync<MessageReceived>(_ => true)).Message.Text);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_token_that_is_limited_sends_to_those_alone()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        var gateway = await lab.ServeAsync("alice");
        using var socket = gateway.BySocket("alice");
        var made = await socket.PostAsync("/v1/tokens", Answers.Json(new { name = "bot", scopes = new[] { "send" }, recipients = new[] { "bob" } })).JsonAsync(HttpStatusCode.Created);
        var client = gateway.With(made.Text("secret")!);
        var other = (await socket.SendTextAsync("carol", "hello").JsonAsync(HttpStatusCode.Accepted)).OneMessage();

        var own = (await client.SendTextAsync("bob", "hello").JsonAsync(HttpStatusCode.Accepted)).OneMessage();
        var refused = await client.SendTextAsync(new[] { "bob", "carol" }, "both").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");

        Assert.Contains("carol", refused.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("bob", refused.Text("detail"), StringComparison.Ordinal);
        await client.GetAsync($"/v1/messages/{own.Text("id")}").JsonAsync();
        await client.GetAsync($"/v1/messages/{other.Text("id")}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await socket.SendTextAsync("bob", "last", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        await lab["bob"].EventAsync<MessageReceived>(received => received.Message.Text == "last");
        Assert.Equal(["hello", "last"], (await lab["bob"].Messenger.HistoryAsync(Username.Parse("alice"), null, null, 10, default)).Select(message => message.Text));
    }
}
