using NesActors.EndToEnd.Tests.Support;
using NesActors.Testing;

namespace NesActors.EndToEnd.Tests;

/// <summary>Each documented exit code, caused by its real cause; each error one line that says what to do.</summary>
public sealed class FailureTests
{
    [RealPartFact(Lab.Program)]
    public async Task Each_failure_has_its_exit_code_and_one_line()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await FailsAsync(lab, 2, lab.Command("send", "alice", "-t", "nobody", "-m", "hello"));
        await FailsAsync(lab, 2, lab.Command("send", "stranger", "-t", "alice", "-m", "hello"));
        await FailsAsync(lab, 1, lab.Command("send", "alice", "-t", "No Name", "-m", "hello"));
        await FailsAsync(lab, 1, lab.Command("send", "alice", "-t", "alice", "-m", "-"), new string('x', 64 * 1024 + 1));
        var free = FreePort.Next();
        await FailsAsync(lab, 3, ["send", "-u", "alice", "-t", "alice", "-m", "hello", "--timeout", "2", "-b", $"mqtt://127.0.0.1:{free}", .. lab.Network.Skip(2)]);
        await FailsAsync(lab, 3, ["send", "-u", "alice", "-t", "alice", "-m", "hello", "--timeout", "2", .. lab.Network.Take(2), "-p", $"http://127.0.0.1:{free}", .. lab.Network.Skip(4)]);

        // A directory whose answers another key has signed.
        var otherKey = Path.Combine(lab.Home, "other.key");
        await lab.Nes.SucceedAsync("directory", "keygen", "--out", otherKey);
        var otherPublic = Directory.GetFiles(lab.Home, "other*.pub").Single();
        await FailsAsync(lab, 4, ["send", "-u", "alice", "-t", "alice", "-m", "hello", .. lab.Network.Take(4), "-P", otherPublic]);
        await FailsAsync(lab, 5, ["register", "-u", "alice", "-e", "alice@example.org", .. lab.Network]);
    }

    [RealPartFact(Lab.Program)]
    public async Task A_wrong_password_is_refused_at_once()
    {
        await using var lab = await Lab.StartAsync(new MosquittoOptions { Users = new Dictionary<string, string> { ["alice"] = "right" } });
        await lab.JoinAsync("alice");
        string[] broker = ["-b", $"mqtt://alice:wrong@127.0.0.1:{lab.Mosquitto.Port}"];
        var result = await FailsAsync(lab, 5, ["send", "-u", "alice", "-t", "alice", "-m", "hello", .. broker, .. lab.Network.Skip(2)]);
        Assert.DoesNotContain("wrong", result.Error, StringComparison.Ordinal);
        broker[1] = broker[1].Replace("wrong", "right", StringComparison.Ordinal);
        await lab.Nes.SucceedAsync(["send", "-u", "alice", "-t", "alice", "-m", "hello", .. broker, .. lab.Network.Skip(2)]);
    }

    [RealPartFact(Lab.Program)]
    public async Task A_connection_cut_after_the_message_left_is_told_as_unknown()
    {
        await using var lab = await Lab.StartAsync();
        await lab.JoinAsync("alice");
        await using var proxy = CuttingProxy.Start(lab.Mosquitto.Port);
        await using var chat = lab.Nes.Start("chat", "-u", "alice", "-t", "alice", "-b", $"mqtt://127.0.0.1:{proxy.Port}", "-p", lab.Network[3], "-P", lab.Network[5]);
        await chat.NoticesAsync("online");
        proxy.HoldAnswers();
        var left = proxy.WhenClientsSent(1000);
        await chat.WriteAsync("hello\n");
        await left.WaitAsync(TimeSpan.FromSeconds(60));
        proxy.Cut();
        proxy.ReleaseAnswers();
        chat.CloseInput();
        Assert.Equal(6, await chat.ExitAsync());
    }

    private static async Task<NesResult> FailsAsync(Lab lab, int exitCode, string[] command, string input = "")
    {
        var result = await lab.Nes.RunAsync(command, input);
        Assert.True(exitCode == result.ExitCode, $"nes {string.Join(' ', command)} ended with {result.ExitCode}, not {exitCode}:\n{result.Output}\n{result.Error}");
        Assert.StartsWith("nes: ", result.Error.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        return result;
    }
}
