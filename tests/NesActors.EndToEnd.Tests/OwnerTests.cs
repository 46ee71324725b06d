using System.Globalization;
using System.Text.Json;
using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

/// <summary>One process owns a state folder; the others attach to it, and go on when it ends.</summary>
public sealed class OwnerTests
{
    [RealPartFact(Lab.Program)]
    public async Task A_message_leaves_by_the_connection_of_the_process_that_listens()
    {
        await using var lab = await JoinedAsync();
        await using var proxy = CuttingProxy.Start(lab.Mosquitto.Port);
        string[] throughProxy = ["-b", $"mqtt://127.0.0.1:{proxy.Port}", .. lab.Network.Skip(2)];
        await using var alice = lab.Nes.Start(["listen", "-u", "alice", .. throughProxy]);
        await alice.NoticesAsync("online");
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.NoticesAsync("online");

        // Keys out of reach: only who has them loaded already can send.
        var key = Path.Combine(lab.Home, ".nes", "alice-rsa-sign");
        File.Move(key, $"{key}.away");
        await lab.Nes.SucceedAsync(["send", "-u", "alice", "-t", "bob", "-m", "handed over", .. throughProxy]);
        await bob.SaysAsync("alice > handed over");
        Assert.Contains("handed over", (await lab.Nes.SucceedAsync("history", "-u", "alice", "bob")).Output, StringComparison.Ordinal);
        File.Move($"{key}.away", key);

        var elsewhere = await lab.Nes.RunAsync(lab.Command("send", "alice", "-t", "bob", "-m", "by another broker"));
        Assert.Equal(1, elsewhere.ExitCode);
        Assert.Contains("runs a session at the broker", elsewhere.Error, StringComparison.Ordinal);
    }

    [RealPartFact(Lab.Program)]
    public async Task Two_who_listen_both_print_each_message()
    {
        await using var lab = await JoinedAsync();
        await using var first = lab.Nes.Start(lab.Command("listen", "bob"));
        await using var second = lab.Nes.Start(lab.Command("listen", "bob"));
        await first.NoticesAsync("online");
        await second.NoticesAsync("online");
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "to both"));
        await first.SaysAsync("alice > to both");
        await second.SaysAsync("alice > to both");
        Assert.Single(Said(first));
        Assert.Single(Said(second));
    }

    [RealPartFact(Lab.Program)]
    public async Task Whoever_was_attached_goes_on_when_the_owner_is_killed_without_loss_or_repeat()
    {
        await using var lab = await JoinedAsync();
        await using var owner = lab.Nes.Start(lab.Command("listen", "bob"));
        await owner.NoticesAsync("online");
        await using var second = lab.Nes.Start(lab.Command("listen", "bob"));
        await using var third = lab.Nes.Start(lab.Command("listen", "bob"));
        await second.NoticesAsync("online");
        await third.NoticesAsync("online");
        for (var i = 0; i < 3; i++) await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", $"before {i}"));
        await second.SaysAsync("before 2");
        await third.SaysAsync("before 2");

        await owner.KillAsync();
        await second.NoticesAsync("bob: the process that ran the session has ended");
        await third.NoticesAsync("bob: the process that ran the session has ended");
        await second.NoticesAsync("online", times: 2);
        await third.NoticesAsync("online", times: 2);
        for (var i = 0; i < 3; i++) await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", $"after {i}"));
        foreach (var listener in new[] { second, third })
        {
            await listener.SaysAsync("after 2");
            Assert.Equal(["before 0", "before 1", "before 2", "after 0", "after 1", "after 2"], Said(listener));
        }
    }

    [RealPartFact(Lab.Program)]
    public async Task What_is_sent_while_the_owner_ends_is_sent_once()
    {
        await using var lab = await JoinedAsync();
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.NoticesAsync("online");
        await using var alice = lab.Nes.Start(lab.Command("listen", "alice"));
        await alice.NoticesAsync("online");
        var sending = Enumerable.Range(0, 4).Select(i => lab.Nes.RunAsync(lab.Command("send", "alice", "-t", "bob", "-m", $"number {i}"))).ToList();
        await bob.SaysAsync("alice > number ");
        alice.Terminate();
        Assert.All(await Task.WhenAll(sending), result => Assert.Equal((0, ""), (result.ExitCode, string.Join('\n', result.Error.Split('\n').Where(line => line.StartsWith("nes:", StringComparison.Ordinal))))));
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "number 4"));
        await bob.SaysAsync("alice > number 4");
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"number {i}"), Said(bob).Order());
    }

    [RealPartFact(Lab.Program)]
    public async Task Status_tells_who_runs_the_session_or_that_nobody_does()
    {
        await using var lab = await JoinedAsync();
        var nobody = await lab.Nes.RunAsync(["status", "-u", "alice"]);
        Assert.Equal(3, nobody.ExitCode);
        Assert.Contains("nobody runs", nobody.Error, StringComparison.Ordinal);

        await using var alice = lab.Nes.Start(lab.Command("listen", "alice"));
        await alice.NoticesAsync("online");
        Assert.Contains("alice: online", (await lab.Nes.SucceedAsync("status", "-u", "alice")).Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await lab.Nes.SucceedAsync("status", "-u", "alice", "--json")).Output);
        Assert.Equal(alice.Id.ToString(CultureInfo.InvariantCulture), json.RootElement.GetProperty("process").ToString());

        // What needs no session goes on beside it.
        await lab.Nes.SucceedAsync(["whois", "bob", "-u", "alice", .. lab.Network]);
        await lab.Nes.SucceedAsync("forget", "bob", "-u", "alice");
    }

    private static async Task<Lab> JoinedAsync()
    {
        var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        return lab;
    }

    private static IReadOnlyList<string> Said(NesProcess listener) =>
        [.. listener.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf("> ", StringComparison.Ordinal) + 2)..])];
}
