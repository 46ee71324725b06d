using System.Net;
using NesActors.Contracts;
using NesActors.Core.Contacts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class ContactTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task Shows_what_is_known_of_everybody()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "read", "send", "admin");
        await client.SendTextAsync("bob", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        await client.PostAsync("/v1/contacts/mallory/block", null).JsonAsync();

        var all = (await client.GetAsync("/v1/contacts").JsonAsync()).GetProperty("contacts");
        var bob = await client.GetAsync("/v1/contacts/bob").JsonAsync();

        Assert.Equal(["bob", "mallory"], all.EnumerateArray().Select(contact => contact.Text("user")));
        Assert.Equal(bob.GetRawText(), all[0].GetRawText());
        Assert.Equal(("bob", "accepted", "pinned", "first_seen", "none"), (bob.Text("user"), bob.Text("standing"), bob.Text("trust"), bob.Text("pinned_by"), bob.Text("vouched")));
        Assert.Equal((lab["bob"].Messenger.MyFingerprint.Value, false, 0), (bob.Text("fingerprint"), bob.GetProperty("verified").GetBoolean(), bob.GetProperty("unread").GetInt32()));
        Assert.All(["alias", "offered", "read_receipts"], name => Assert.False(bob.TryGetProperty(name, out _)));
        Assert.Equal(("blocked", "unseen"), (all[1].Text("standing"), all[1].Text("trust")));
        Assert.All(["fingerprint", "pinned_by"], name => Assert.False(all[1].TryGetProperty(name, out _)));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_stranger_is_accepted_blocked_and_unblocked()
    {
        await using var lab = await GatewayLab.StartAsync("bob");
        await lab.JoinAsync("alice", strangers: StrangerPolicy.Ask);
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "read", "admin");
        await lab["bob"].Messenger.SendAsync(Username.Parse("alice"), "hello", default);
        await lab["alice"].EventAsync<MessageReceived>(_ => true);

        var before = await client.GetAsync("/v1/contacts/bob").JsonAsync();
        var asked = (await client.GetAsync("/v1/conversations/bob/messages").JsonAsync()).OneMessage();
        var accepted = await client.PostAsync("/v1/contacts/bob/accept", null).JsonAsync();
        var blocked = await client.PostAsync("/v1/contacts/bob/block", null).JsonAsync();
        var unblocked = await client.PostAsync("/v1/contacts/bob/unblock", null).JsonAsync();

        Assert.Equal(("stranger", 1, true), (before.Text("standing"), before.GetProperty("unread").GetInt32(), asked.GetProperty("request").GetBoolean()));
        Assert.Equal(("accepted", "blocked", "accepted"), (accepted.Text("standing"), blocked.Text("standing"), unblocked.Text("standing")));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Somebody_never_heard_of_can_be_decided_about()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "read", "admin");

        await client.PostAsync("/v1/contacts/mallory/block", null).JsonAsync();
        var unblocked = await client.PostAsync("/v1/contacts/mallory/unblock", null).JsonAsync();

        Assert.Equal("stranger", unblocked.Text("standing"));
        Assert.Equal("stranger", (await client.GetAsync("/v1/contacts/mallory").JsonAsync()).Text("standing"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Aliases_and_receipts_are_set_and_taken_back()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "read", "admin");
        await client.PostAsync("/v1/contacts/bob/accept", null).JsonAsync();

        var both = await PatchAsync(client, new { alias = "Böbchen \u202E<b>", read_receipts = true });
        var off = await PatchAsync(client, new { read_receipts = false, delivery_receipts = false });
        var none = await PatchAsync(client, new { alias = (string?)null, read_receipts = (bool?)null, delivery_receipts = (bool?)null });

        Assert.Equal(("Böbchen \u202E<b>", true), (both.Text("alias"), both.GetProperty("read_receipts").GetBoolean()));
        Assert.Equal(("Böbchen \u202E<b>", false), (off.Text("alias"), off.GetProperty("read_receipts").GetBoolean()));
        Assert.False(off.GetProperty("delivery_receipts").GetBoolean());
        Assert.All(["alias", "read_receipts", "delivery_receipts"], name => Assert.False(none.TryGetProperty(name, out _)));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task An_alias_that_makes_no_sense_is_refused()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob", "carol");
        using var client = (await lab.ServeAsync("alice")).BySocket("alice");
        foreach (var name in new[] { "bob", "carol" }) await client.PostAsync($"/v1/contacts/{name}/accept", null).JsonAsync();

        foreach (var alias in new[] { "", " ", " bob", "two\nlines", new string('a', 65), "Carol", "carol" })
        {
            var problem = await client.PatchAsync("/v1/contacts/bob", Answers.Json(new { alias, read_receipts = true })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
            Assert.StartsWith("alias: ", problem.Text("detail"), StringComparison.Ordinal);
        }
        await client.PatchAsync("/v1/contacts/bob", Answers.Json(new { })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        foreach (var body in new object[] { new { alias = 5 }, new { alias = "b", note = "x" }, new { has_alias = true }, new { read_receipts = "yes" }, new { delivery_receipts = 1 }, Array.Empty<string>() })
            await client.PatchAsync("/v1/contacts/bob", Answers.Json(body)).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        await client.PatchAsync("/v1/contacts/bob", new StringContent("{}")).ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        Assert.False((await client.GetAsync("/v1/contacts/bob").JsonAsync()).TryGetProperty("read_receipts", out _));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Forgets_somebody_to_whom_nothing_waits()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        using var client = (await lab.ServeAsync("alice")).BySocket("alice");
        await client.SendTextAsync("bob", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted);

        await client.DeleteAsync("/v1/contacts/bob").EmptyAsync();

        await client.GetAsync("/v1/contacts/bob").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await client.DeleteAsync("/v1/contacts/bob").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await lab.Broker.DisposeAsync();
        await lab["alice"].EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Reconnecting);
        await client.SendTextAsync("bob", "hello").JsonAsync(HttpStatusCode.Accepted);
        await client.DeleteAsync("/v1/contacts/bob").ProblemAsync(HttpStatusCode.Conflict, "conflict");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Only_a_user_s_name_says_whom_a_route_is_about()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        using var client = (await lab.ServeAsync("alice")).BySocket("alice");
        await client.PostAsync("/v1/contacts/bob/accept", null).JsonAsync();
        await client.PatchAsync("/v1/contacts/bob", Answers.Json(new { alias = "robert" })).JsonAsync();

        foreach (var name in new[] { "robert", "nobody" })
        {
            await client.GetAsync($"/v1/contacts/{name}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
            await client.PatchAsync($"/v1/contacts/{name}", Answers.Json(new { alias = "x" })).ProblemAsync(HttpStatusCode.NotFound, "not_found");
            await client.DeleteAsync($"/v1/contacts/{name}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        }
        foreach (var name in new[] { "Bob", "bo", "b%2F..%2Fc", "bob%0A", new string('b', 33) })
        {
            await client.GetAsync($"/v1/contacts/{name}").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
            await client.PostAsync($"/v1/contacts/{name}/block", null).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        }
        foreach (var verb in new[] { "accept", "block", "unblock" })
        {
            await client.PostAsync($"/v1/contacts/alice/{verb}", null).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
            await client.PostAsync($"/v1/contacts/bob/{verb}?for=ever", null).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        }
        await client.GetAsync("/v1/contacts?all=true").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Who_may_read_may_not_decide()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var (reading, sending, deciding) = (await gateway.AsAsync("alice", "read"), await gateway.AsAsync("alice", "send"), await gateway.AsAsync("alice", "admin"));

        foreach (var client in new[] { sending, deciding })
        {
            await client.GetAsync("/v1/contacts").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.GetAsync("/v1/contacts/bob").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.GetAsync("/v1/contacts/bob/verify").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
        foreach (var client in new[] { reading, sending })
        {
            foreach (var verb in new[] { "accept", "block", "unblock", "look-up" }) await client.PostAsync($"/v1/contacts/bob/{verb}", null).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.PatchAsync("/v1/contacts/bob", Answers.Json(new { alias = "x" })).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.DeleteAsync("/v1/contacts/bob").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.PutAsync("/v1/contacts/bob/verify", Answers.Json(new { safety_number = "1" })).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.DeleteAsync("/v1/contacts/bob/verify").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            await client.PostAsync("/v1/contacts/bob/trust", Answers.Json(new { fingerprint = "1" })).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    private static Task<System.Text.Json.JsonElement> PatchAsync(HttpClient client, object body) => client.PatchAsync("/v1/contacts/bob", Answers.Json(body)).JsonAsync();
}
