using System.Net;
using System.Text;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class ConversationTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task Lists_those_first_with_whom_was_spoken_last()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        await alice.PostAsync("/v1/contacts/aaron/accept", null).JsonAsync();
        await alice.SendTextAsync("carol", "first", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        await lab["bob"].Messenger.SendAsync(Username.Parse("alice"), "second", default);
        await lab["alice"].EventAsync<MessageReceived>(_ => true);

        var all = (await alice.GetAsync("/v1/conversations").JsonAsync()).GetProperty("conversations").EnumerateArray().ToList();

        Assert.Equal(["bob", "carol", "aaron"], all.Select(one => one.GetProperty("contact").Text("user")));
        Assert.Equal(("second", "incoming", 1), (all[0].GetProperty("last").Text("text"), all[0].GetProperty("last").Text("direction"), all[0].GetProperty("contact").GetProperty("unread").GetInt32()));
        Assert.Equal("first", all[1].GetProperty("last").Text("text"));
        Assert.False(all[2].TryGetProperty("last", out _));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Pages_in_both_directions()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        for (var number = 0; number < 7; number++) await alice.SendTextAsync("bob", $"text {number}", "?wait=published").JsonAsync(HttpStatusCode.Accepted);

        var last = await PageAsync("?limit=3");
        var before = await PageAsync($"?limit=3&before={last[0].Id}");
        var after = await PageAsync($"?limit=2&after={before[0].Id}");
        var between = await PageAsync($"?before={last[0].Id}&after={before[0].Id}");

        Assert.Equal(["text 4", "text 5", "text 6"], last.Select(message => message.Text));
        Assert.Equal(["text 1", "text 2", "text 3"], before.Select(message => message.Text));
        Assert.Equal(["text 2", "text 3"], after.Select(message => message.Text));
        Assert.Equal(["text 2", "text 3"], between.Select(message => message.Text));
        Assert.Equal(["text 0"], (await PageAsync($"?before={before[0].Id}")).Select(message => message.Text));
        Assert.Empty(await PageAsync($"?after={last[^1].Id}"));
        Assert.Equal(7, (await PageAsync("")).Count);

        async Task<List<(string Id, string Text)>> PageAsync(string query) =>
            [.. (await alice.GetAsync($"/v1/conversations/bob/messages{query}").JsonAsync()).GetProperty("messages").EnumerateArray().Select(one => (one.Text("id")!, one.Text("text")!))];
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Finds_the_messages_that_hold_a_text()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        foreach (var text in new[] { "An Äpfelchen", "nothing", "an äpfelchen & more", "100%_'", "AN ÄPFELCHEN too" }) await alice.SendTextAsync("bob", text, "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        await alice.SendTextAsync("carol", "an äpfelchen of hers", "?wait=published").JsonAsync(HttpStatusCode.Accepted);

        var all = await FindAsync("äpfelchen");
        var last = await FindAsync("äpfelchen", "&limit=2");
        var earlier = await FindAsync("äpfelchen", $"&limit=2&before={last[0].Text("id")}");

        Assert.Equal(["An Äpfelchen", "an äpfelchen & more", "AN ÄPFELCHEN too"], all.Select(message => message.Text("text")));
        Assert.Equal(["an äpfelchen & more", "AN ÄPFELCHEN too"], last.Select(message => message.Text("text")));
        Assert.Equal(["An Äpfelchen"], earlier.Select(message => message.Text("text")));
        Assert.Equal(["100%_'"], (await FindAsync("%_'")).Select(message => message.Text("text")));
        Assert.Empty(await FindAsync("nowhere"));

        async Task<List<JsonElement>> FindAsync(string text, string query = "") =>
            [.. (await alice.GetAsync($"/v1/conversations/bob/messages?q={Uri.EscapeDataString(text)}{query}").JsonAsync()).GetProperty("messages").EnumerateArray()];
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Marks_as_read_up_to_a_message_or_all()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var alice = await gateway.AsAsync("alice", "read");
        foreach (var text in new[] { "one", "two", "three" }) await lab["bob"].Messenger.SendAsync(Username.Parse("alice"), text, default);
        var second = await lab["alice"].EventAsync<MessageReceived>(received => received.Message.Text == "two");
        await lab["alice"].EventAsync<MessageReceived>(received => received.Message.Text == "three");

        await alice.PutAsync("/v1/conversations/bob/read", Answers.Json(new { up_to = second.Message.Id.ToString() })).EmptyAsync();
        var one = await UnreadAsync();
        await alice.PutAsync("/v1/conversations/bob/read", null).EmptyAsync();
        var none = await UnreadAsync();
        await alice.PutAsync("/v1/conversations/bob/read", Answers.Json(new { })).EmptyAsync();

        Assert.Equal((1, 0), (one, none));
        Assert.All((await alice.GetAsync("/v1/conversations/bob/messages").JsonAsync()).GetProperty("messages").EnumerateArray(), message => Assert.Equal("read", message.Text("state")));

        async Task<int> UnreadAsync() => (await alice.GetAsync("/v1/contacts/bob").JsonAsync()).GetProperty("unread").GetInt32();
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Deletes_all_that_was_said_but_what_waits()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        foreach (var text in new[] { "one", "two" }) await alice.SendTextAsync("bob", text, "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        await lab.Broker.DisposeAsync();
        await lab["alice"].EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Reconnecting);
        await alice.SendTextAsync("bob", "waiting").JsonAsync(HttpStatusCode.Accepted);

        var deleted = await alice.DeleteAsync("/v1/conversations/bob").JsonAsync();

        Assert.Equal(2, deleted.GetProperty("deleted").GetInt32());
        Assert.Equal("waiting", (await alice.GetAsync("/v1/conversations/bob/messages").JsonAsync()).OneMessage().Text("text"));
        Assert.Equal("pinned", (await alice.GetAsync("/v1/contacts/bob").JsonAsync()).Text("trust"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Lets_messages_disappear_after_a_time()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        await alice.SendTextAsync("bob", "gone soon", "?wait=published").JsonAsync(HttpStatusCode.Accepted);

        foreach (var seconds in new long?[] { 3_153_600_000, null })
        {
            await alice.PutAsync("/v1/conversations/bob/disappear", Answers.Json(new { after_seconds = seconds })).EmptyAsync();
            Assert.Equal(seconds, LimitOf(await alice.GetAsync("/v1/contacts/bob").JsonAsync()));
            Assert.Equal(seconds, LimitOf(Assert.Single((await alice.GetAsync("/v1/contacts").JsonAsync()).GetProperty("contacts").EnumerateArray())));
            Assert.Equal(seconds, LimitOf((await alice.GetAsync("/v1/conversations").JsonAsync()).GetProperty("conversations")[0].GetProperty("contact")));
            Assert.Equal(seconds, LimitOf(await alice.PostAsync("/v1/contacts/bob/look-up", null).JsonAsync()));
        }
        Assert.Equal("gone soon", (await alice.GetAsync("/v1/conversations/bob/messages").JsonAsync()).OneMessage().Text("text"));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        do
        {
            await alice.PutAsync("/v1/conversations/bob/disappear", Answers.Json(new { after_seconds = 1 }), limit.Token).EmptyAsync();
        }
        while ((await alice.GetAsync("/v1/conversations/bob/messages", limit.Token).JsonAsync()).GetProperty("messages").GetArrayLength() > 0);

        foreach (var seconds in new long[] { 0, -1, 3_153_600_001 })
            await alice.PutAsync("/v1/conversations/bob/disappear", Answers.Json(new { after_seconds = seconds })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        foreach (var body in new object[] { new { }, new { after_seconds = "1" }, new { after_seconds = 1.5 }, new { after_seconds = 1, unit = "days" } })
            await alice.PutAsync("/v1/conversations/bob/disappear", Answers.Json(body)).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task An_event_tells_how_long_messages_are_kept_where_that_changes()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        await alice.PostAsync("/v1/contacts/bob/accept", null).JsonAsync();
        using var stream = await EventStream.OpenAsync(alice);

        await alice.PutAsync("/v1/conversations/bob/disappear", Answers.Json(new { after_seconds = 3_888_000 })).EmptyAsync();

        var happened = await stream.NextAsync();
        while (happened.Text("type") != "contact") happened = await stream.NextAsync();
        Assert.Equal(3_888_000, LimitOf(happened.GetProperty("contact")));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task What_makes_no_sense_is_refused_with_the_reason()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        await alice.SendTextAsync("bob", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        var ofCarol = (await alice.SendTextAsync("carol", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted)).OneMessage().Text("id");

        foreach (var query in new[] { "?limit=0", "?limit=201", "?limit=-1", "?limit=ten", "?limit=1&limit=2", "?before=x", "?after=x", "?q=", $"?q={new string('q', 257)}", $"?q=hello&after={ofCarol}", "?offset=5" })
            await alice.GetAsync($"/v1/conversations/bob/messages{query}").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        foreach (var id in new[] { ofCarol, Guid.NewGuid().ToString() })
        {
            await alice.GetAsync($"/v1/conversations/bob/messages?before={id}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
            await alice.GetAsync($"/v1/conversations/bob/messages?after={id}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
            await alice.PutAsync("/v1/conversations/bob/read", Answers.Json(new { up_to = id })).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        }
        await alice.PutAsync("/v1/conversations/bob/read", Answers.Json(new { up_to = "x" })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await alice.PutAsync("/v1/conversations/bob/read", Answers.Json(new { upto = "x" })).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        await alice.PutAsync("/v1/conversations/bob/read", new StringContent("all", Encoding.UTF8, "text/plain")).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        foreach (var (name, status, code) in new[] { ("nobody", HttpStatusCode.NotFound, "not_found"), ("Bob", HttpStatusCode.UnprocessableEntity, "invalid_value") })
        {
            await alice.GetAsync($"/v1/conversations/{name}/messages").ProblemAsync(status, code);
            await alice.PutAsync($"/v1/conversations/{name}/read", null).ProblemAsync(status, code);
            await alice.PutAsync($"/v1/conversations/{name}/disappear", Answers.Json(new { after_seconds = 1 })).ProblemAsync(status, code);
            await alice.DeleteAsync($"/v1/conversations/{name}").ProblemAsync(status, code);
        }
        await alice.GetAsync("/v1/conversations?limit=5").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Each_route_takes_its_own_scope()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var (reading, sending, deciding) = (await gateway.AsAsync("alice", "read"), await gateway.AsAsync("alice", "send"), await gateway.AsAsync("alice", "admin"));

        foreach (var client in new[] { sending, deciding })
        {
            await client.GetAsync("/v1/conversations").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.GetAsync("/v1/conversations/bob/messages").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.PutAsync("/v1/conversations/bob/read", null).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
        foreach (var client in new[] { sending, reading })
        {
            await client.DeleteAsync("/v1/conversations/bob").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.PutAsync("/v1/conversations/bob/disappear", Answers.Json(new { after_seconds = 1 })).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    private static long? LimitOf(JsonElement contact) => contact.TryGetProperty("disappear_after_seconds", out var seconds) ? seconds.GetInt64() : null;
}
