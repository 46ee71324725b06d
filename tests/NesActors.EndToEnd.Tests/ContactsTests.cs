using System.Text.Json;
using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

/// <summary>Whose keys are believed, and who may write.</summary>
public sealed class ContactsTests
{
    private const int Done = 0, Usage = 1, Untrusted = 4, Unknown = 6;

    [RealPartFact(Lab.Program)]
    public async Task Two_verify_each_other_and_changed_keys_stop_one_until_they_are_trusted()
    {
        await using var lab = await Lab.StartAsync(strangers: "ask");
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        var number = Text(await JsonAsync(lab, "contacts", "alice", "verify", "bob", "--json"), "number");
        await lab.Nes.SucceedAsync(lab.Command("contacts", "bob", "verify", "alice", "--number", number));
        await lab.Nes.SucceedAsync(lab.Command("contacts", "alice", "verify", "bob", "--yes"));
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "before"));

        await lab.Nes.SucceedAsync(lab.Command("rotate", "bob"));
        var stopped = await lab.Nes.RunAsync(lab.Command("send", "alice", "-t", "bob", "-m", "to whom?"));
        Assert.Equal(Untrusted, stopped.ExitCode);
        Assert.Contains("nes contacts trust bob --fingerprint", stopped.Error, StringComparison.Ordinal);
        Assert.Equal("changed", Text(await JsonAsync(lab, "contacts", "alice", "show", "bob", "--json"), "trust"));

        var keys = (await lab.Nes.SucceedAsync("keys", "-u", "bob", "--json")).Output.TrimEnd().Split('\n');
        var fingerprint = Text(JsonDocument.Parse(keys[^1]).RootElement, "fingerprint");
        Assert.Equal(Untrusted, (await lab.Nes.RunAsync(lab.Command("contacts", "alice", "trust", "bob", "--fingerprint", new string('0', 16)))).ExitCode);
        await lab.Nes.SucceedAsync(lab.Command("contacts", "alice", "trust", "bob", "--fingerprint", fingerprint[..20]));
        var trusted = await JsonAsync(lab, "contacts", "alice", "show", "bob", "--json");
        Assert.Equal(("pinned", "person", false), (Text(trusted, "trust"), Text(trusted, "pinned_by"), trusted.GetProperty("verified").GetBoolean()));

        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.NoticesAsync("online");
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "after"));
        await bob.SaysAsync("alice > after");
        Assert.NotEqual(number, Text(await JsonAsync(lab, "contacts", "alice", "verify", "bob", "--json"), "number"));
    }

    [RealPartFact(Lab.Program)]
    public async Task A_stranger_is_a_request_and_is_told_what_arrived_once_accepted()
    {
        await using var lab = await Lab.StartAsync(strangers: "ask");
        await lab.JoinAsync("bob");
        await lab.JoinAsync("carol");
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob", "--json"));
        await using var carol = lab.Nes.Start(lab.Command("listen", "carol", "--json"));
        await bob.SaysAsync("\"online\"");
        await carol.SaysAsync("\"online\"");

        await lab.Nes.SucceedAsync(lab.Command("send", "carol", "-t", "bob", "-m", "first"));
        var request = JsonDocument.Parse(await bob.SaysAsync("\"first\"")).RootElement;
        Assert.True(request.GetProperty("request").GetBoolean());
        Assert.Equal("stranger", Text(await JsonAsync(lab, "contacts", "bob", "--requests", "--json"), "standing"));

        Assert.Equal(Done, (await lab.Nes.RunAsync(lab.Command("contacts", "bob", "accept", "carol"))).ExitCode);
        await lab.Nes.SucceedAsync(lab.Command("send", "carol", "-t", "bob", "-m", "second"));
        var next = JsonDocument.Parse(await bob.SaysAsync("\"second\"")).RootElement;
        Assert.False(next.GetProperty("request").GetBoolean());
        foreach (var text in new[] { "first", "second" })
            await carol.SaysAsync(line => line.Contains("\"delivered\"", StringComparison.Ordinal) && line.Contains($"\"{text}\"", StringComparison.Ordinal), $"that {text} was delivered");
    }

    [RealPartFact(Lab.Program)]
    public async Task The_sender_learns_that_it_was_read_where_the_reader_wants_that()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.NoticesAsync("online");
        await using var alice = lab.Nes.Start(lab.Command("listen", "alice", "--json"));
        await alice.SaysAsync("\"online\"");
        await lab.Nes.SucceedAsync(lab.Command("send", "bob", "-t", "alice", "-m", "write to me"));
        await lab.Nes.SucceedAsync(lab.Command("contacts", "bob", "receipts", "alice", "on"));
        await alice.SaysAsync("write to me");
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "did you see this?"));
        await bob.SaysAsync("did you see this?");
        await alice.SaysAsync(line => line.Contains("\"read\"", StringComparison.Ordinal) && line.Contains("did you see this?", StringComparison.Ordinal), "that it was read");
        Assert.Contains("(read)", (await lab.Nes.SucceedAsync(lab.Command("history", "alice", "bob"))).Output, StringComparison.Ordinal);
    }

    [RealPartFact(Lab.Program)]
    public async Task The_sender_learns_of_nothing_that_arrived_until_the_reader_wants_that()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.NoticesAsync("online");
        await using var alice = lab.Nes.Start(lab.Command("listen", "alice", "--json"));
        await alice.SaysAsync("\"online\"");
        await lab.Nes.SucceedAsync(lab.Command("send", "bob", "-t", "alice", "-m", "write to me"));
        await alice.SaysAsync("write to me");
        Assert.Contains("may send it again", (await lab.Nes.SucceedAsync(lab.Command("contacts", "bob", "receipts", "alice", "--delivery", "off"))).Output, StringComparison.Ordinal);
        Assert.Equal(Usage, (await lab.Nes.RunAsync(lab.Command("contacts", "bob", "receipts", "alice"))).ExitCode);
        Assert.Equal(Unknown, (await lab.Nes.RunAsync(lab.Command("send", "alice", "-t", "bob", "-m", "has this arrived?", "--wait", "delivered", "--timeout", "2"))).ExitCode);
        await bob.SaysAsync("has this arrived?");
        Assert.Contains("\"delivery_receipts\":false", (await lab.Nes.SucceedAsync(lab.Command("contacts", "bob", "export"))).Output, StringComparison.Ordinal);
        await lab.Nes.SucceedAsync(lab.Command("contacts", "bob", "receipts", "alice", "--delivery", "on"));
        await alice.SaysAsync(line => line.Contains("\"delivered\"", StringComparison.Ordinal) && line.Contains("has this arrived?", StringComparison.Ordinal), "that it was delivered");
    }

    [RealPartFact(Lab.Program)]
    public async Task What_somebody_blocked_sends_is_dropped_and_counted()
    {
        await using var lab = await Lab.StartAsync(strangers: "ask");
        await lab.JoinAsync("bob");
        await lab.JoinAsync("carol");
        await lab.JoinAsync("dave");
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.NoticesAsync("online");
        await lab.Nes.SucceedAsync(lab.Command("contacts", "bob", "block", "carol"));
        await lab.Nes.SucceedAsync(lab.Command("send", "carol", "-t", "bob", "-m", "unwanted"));
        await lab.Nes.SucceedAsync(lab.Command("send", "dave", "-t", "bob", "-m", "wanted"));
        await bob.SaysAsync("dave (STRANGER) > wanted");
        Assert.DoesNotContain("unwanted", bob.Output, StringComparison.Ordinal);
        Assert.Contains("blocked 1", (await lab.Nes.SucceedAsync("status", "-u", "bob")).Output, StringComparison.Ordinal);
        Assert.Contains("you have blocked carol", (await lab.Nes.RunAsync(lab.Command("send", "bob", "-t", "carol", "-m", "no"))).Error, StringComparison.Ordinal);
    }

    [RealPartFact(Lab.Program)]
    public async Task A_bot_goes_on_where_the_old_keys_signed_the_new_ones_and_refuses_strangers()
    {
        await using var lab = await Lab.StartAsync(strangers: "ask");
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await lab.JoinAsync("carol");
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "before"));
        await lab.Nes.SucceedAsync(lab.Command("rotate", "bob"));
        await using var alice = lab.Nes.Start(lab.Command("listen", "alice", "--key-changes", "accept-signed-change", "--strangers", "refuse"));
        await alice.NoticesAsync("online");
        await lab.Nes.SucceedAsync(lab.Command("send", "carol", "-t", "alice", "-m", "unwanted"));
        await lab.Nes.SucceedAsync(lab.Command("send", "bob", "-t", "alice", "-m", "with new keys"));
        Assert.Matches(@"bob > with new keys$", await alice.SaysAsync("with new keys"));
        await alice.NoticesAsync("the keys of bob have changed; the old ones signed the new ones");
        Assert.Equal("signed-change", Text(await JsonAsync(lab, "contacts", "alice", "show", "bob", "--json"), "pinned_by"));
        Assert.Contains("stranger 1", (await lab.Nes.SucceedAsync("status", "-u", "alice")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("unwanted", alice.Output, StringComparison.Ordinal);
    }

    [RealPartFact(Lab.Program)]
    public async Task A_bot_that_uses_suite_nes2_alone_goes_on_where_the_old_keys_signed_the_new_ones()
    {
        await using var lab = await Lab.StartAsync(strangers: "ask", suite: "nes2");
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "before"));
        await lab.Nes.SucceedAsync(lab.Command("rotate", "bob"));
        await using var alice = lab.Nes.Start(lab.Command("listen", "alice", "--key-changes", "accept-signed-change"));
        await alice.NoticesAsync("online");
        await lab.Nes.SucceedAsync(lab.Command("send", "bob", "-t", "alice", "-m", "with new keys"));
        Assert.Matches(@"bob > with new keys$", await alice.SaysAsync("with new keys"));
        Assert.Equal("signed-change", Text(await JsonAsync(lab, "contacts", "alice", "show", "bob", "--json"), "pinned_by"));
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "to the new keys"));
    }

    private static async Task<JsonElement> JsonAsync(Lab lab, string verb, string user, params string[] more) =>
        JsonDocument.Parse((await lab.Nes.SucceedAsync(lab.Command(verb, user, more))).Output).RootElement;

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
