using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

/// <summary>A <c>send</c> as a process of its own, which the process that runs the session runs as it was typed.</summary>
public sealed class HandOverTests
{
    [RealPartFact(Lab.Program)]
    public async Task A_send_whose_session_is_killed_goes_on_by_itself_and_sends_once()
    {
        await using var lab = await Lab.StartAsync();
        foreach (var user in (string[])["alice", "bob"]) await lab.JoinAsync(user);
        // Bob knows alice, so that his client confirms to her.
        await lab.Nes.SucceedAsync(lab.Command("send", "bob", "-t", "alice", "-m", "write to me"));
        await using (var before = lab.Nes.Start(lab.Command("listen", "bob")))
        {
            // From now on the broker keeps what comes for him.
            await before.NoticesAsync("online");
            before.Terminate();
            await before.ExitAsync();
        }
        await using var session = lab.Nes.Start(lab.Command("listen", "alice"));
        await session.NoticesAsync("online");
        await using var sending = lab.Nes.Start(lab.Command("send", "alice", "-t", "bob", "-m", "once", "--wait", "delivered", "--timeout", "120"));
        await PublishedAsync(lab);
        Assert.DoesNotContain("System.CommandLine.dll", await LoadedAsync(sending), StringComparison.Ordinal);

        await session.KillAsync();
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.SaysAsync("> once");
        Assert.Equal(0, await sending.ExitAsync());
        Assert.Equal("bob: delivered\n", sending.Output);
        Assert.Single((await lab.Nes.SucceedAsync(lab.Command("history", "bob", "alice"))).Output.Split('\n'), line => line.EndsWith("once", StringComparison.Ordinal));
    }

    [RealPartFact(Lab.Program)]
    public async Task A_send_that_is_told_to_end_says_how_far_it_came()
    {
        await using var lab = await Lab.StartAsync();
        foreach (var user in (string[])["alice", "bob"]) await lab.JoinAsync(user);
        await using var session = lab.Nes.Start(lab.Command("listen", "alice"));
        await session.NoticesAsync("online");
        await using var sending = lab.Nes.Start(lab.Command("send", "alice", "-t", "bob", "-m", "nobody there", "--wait", "delivered", "--timeout", "120"));
        await PublishedAsync(lab);
        sending.Terminate();
        Assert.Equal(6, await sending.ExitAsync());
        Assert.Equal("", sending.Output);
        Assert.Contains("not confirmed in time", sending.Error, StringComparison.Ordinal);
    }

    private static Task<string> LoadedAsync(NesProcess process) => File.ReadAllTextAsync($"/proc/{process.Id}/maps");

    /// <summary>Waits until a message of alice's to bob has left.</summary>
    private static async Task PublishedAsync(Lab lab)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await lab.Nes.SucceedAsync(lab.Command("history", "alice", "bob", "--json"))).Output.Contains("\"published\"", StringComparison.Ordinal)) patience.Token.ThrowIfCancellationRequested();
    }
}
