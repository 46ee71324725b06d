using System.Diagnostics;
using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

public sealed class ConversationTests
{
    [RealPartFact(Lab.Program)]
    public async Task Alice_sends_and_bob_who_listens_reads_it()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.NoticesAsync("online");
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "Hello Bob! zażółć 日本語 🙂"));
        Assert.Matches(@"^\[\d\d:\d\d:\d\d\] alice > Hello Bob! zażółć 日本語 🙂$", await bob.SaysAsync("alice > "));
        bob.Terminate();
        Assert.Equal(0, await bob.ExitAsync());
    }

    [RealPartFact(Lab.Program)]
    public async Task What_is_sent_while_bob_is_away_arrives_when_he_is_back_once()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await using (var before = lab.Nes.Start(lab.Command("listen", "bob")))
        {
            await before.NoticesAsync("online");
            before.Terminate();
            Assert.Equal(0, await before.ExitAsync());
        }

        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "while you were away"));
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.SaysAsync("alice > while you were away");
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "now you are here"));
        await bob.SaysAsync("alice > now you are here");
        Assert.Single(bob.Output.Split("while you were away").Skip(1));
    }

    [RealPartFact(Lab.Program)]
    public async Task Nothing_is_kept_at_a_broker_that_shall_keep_nothing()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await using (var before = lab.Nes.Start(lab.Command("listen", "bob", "--mqtt-session", "off")))
        {
            await before.NoticesAsync("online");
            before.Terminate();
            Assert.Equal(0, await before.ExitAsync());
        }

        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "while you were away"));
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob", "--mqtt-session", "off"));
        await bob.NoticesAsync("online");
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "now you are here"));
        await bob.SaysAsync("alice > now you are here");
        Assert.DoesNotContain("while you were away", bob.Output, StringComparison.Ordinal);
    }

    [RealPartFact(Lab.Program)]
    public async Task Two_people_chat_through_pipes_both_ways()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await using var alice = lab.Nes.Start(lab.Command("chat", "alice", "-t", "bob"));
        await using var bob = lab.Nes.Start(lab.Command("chat", "bob", "-t", "alice"));
        await alice.NoticesAsync("online");
        await bob.NoticesAsync("online");
        for (var i = 0; i < 5; i++)
        {
            await alice.WriteAsync($"from alice {i}\n");
            await bob.SaysAsync($"alice > from alice {i}");
            await bob.WriteAsync($"from bob {i}\n");
            await alice.SaysAsync($"bob > from bob {i}");
        }

        alice.CloseInput();
        bob.CloseInput();
        Assert.Equal(0, await alice.ExitAsync());
        Assert.Equal(0, await bob.ExitAsync());
    }

    [RealPartFact(Lab.Program)]
    public async Task A_text_comes_from_standard_input_and_goes_to_several()
    {
        await using var lab = await Lab.StartAsync();
        foreach (var user in new[] { "alice", "bob", "carol" }) await lab.JoinAsync(user);
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob", "--json"));
        await using var carol = lab.Nes.Start(lab.Command("listen", "carol", "--json"));
        await bob.SaysAsync("online");
        await carol.SaysAsync("online");
        var result = await lab.Nes.RunAsync(lab.Command("send", "alice", "-t", "bob", "-t", "carol", "-m", "-"), "two lines\nof text");
        Assert.Equal(0, result.ExitCode);
        foreach (var listener in new[] { bob, carol }) Assert.Contains("two lines\\nof text", await listener.SaysAsync("two lines"), StringComparison.Ordinal);
    }

    [RealPartFact(Lab.Program)]
    public async Task Many_messages_arrive_in_order_and_once_each()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await using var bob = lab.Nes.Start(lab.Command("listen", "bob"));
        await bob.NoticesAsync("online");
        var lines = Enumerable.Range(0, 300).Select(i => $"number {i}").ToList();
        var result = await lab.Nes.RunAsync(lab.Command("chat", "alice", "-t", "bob"), string.Join('\n', lines) + "\n");
        Assert.Equal(0, result.ExitCode);
        await bob.SaysAsync(line => line.EndsWith("> number 299", StringComparison.Ordinal), "number 299");
        var shown = bob.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf("> ", StringComparison.Ordinal) + 2)..]);
        Assert.Equal(lines, shown);
    }

    [RealPartFact(Lab.Program)]
    public async Task A_listener_outlives_a_broker_that_goes_and_comes_back()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await lab.JoinAsync("bob");
        await using var proxy = CuttingProxy.Start(lab.Mosquitto.Port);
        string[] throughProxy = ["-b", $"mqtt://127.0.0.1:{proxy.Port}", .. lab.Network.Skip(2)];
        await using var bob = lab.Nes.Start(["listen", "-u", "bob", .. throughProxy]);
        await bob.NoticesAsync("online");
        proxy.Cut();
        await bob.NoticesAsync("connection lost");
        await bob.NoticesAsync("online", times: 2);
        await lab.Nes.SucceedAsync(lab.Command("send", "alice", "-t", "bob", "-m", "still there?"));
        await bob.SaysAsync("alice > still there?");
    }

    [RealPartFact(Lab.Program)]
    public async Task A_listener_whose_reader_has_gone_ends()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("bob");
        var start = new ProcessStartInfo("bash", ["-c", "dotnet \"$@\" | head -1", "listener", NesProgram.Path, .. lab.Command("listen", "bob")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["HOME"] = lab.Home;
        await using var pipe = NesProcess.Start(start);
        await pipe.NoticesAsync("online");
        await lab.Nes.SucceedAsync(lab.Command("send", "bob", "-t", "bob", "-m", "one"));
        await pipe.SaysAsync("bob > one");
        await lab.Nes.SucceedAsync(lab.Command("send", "bob", "-t", "bob", "-m", "two"));
        Assert.Equal(0, await pipe.ExitAsync());
    }
}
