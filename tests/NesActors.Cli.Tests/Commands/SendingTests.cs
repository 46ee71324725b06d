using System.Text.Json;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Commands;

/// <summary>How far a message is to come before <c>nes send</c> is done.</summary>
public sealed class SendingTests(TestNetwork network) : IClassFixture<TestNetwork>, IDisposable
{
    private readonly TestCli _cli = new();

    [Fact]
    public async Task What_is_queued_needs_nobody_and_leaves_with_the_next_session()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        string[] nobody = ["-b", "mqtt://127.0.0.1:9", "-p", "http://127.0.0.1:9", "-P", network.Options[5]];
        var queued = await _cli.RunAsync(["send", "--queue", "-u", alice, "-t", bob, "-m", "later", .. nobody]);
        Assert.Equal((ExitCode.Done, $"{bob}: queued\n", ""), (queued.Code, queued.Out, queued.Error));

        using var heard = await ListenAsync(bob);
        using var sender = await ListenAsync(alice);
        await heard.Output.LineAsync(line => line.EndsWith("> later", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_running_session_takes_what_is_queued()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        using var heard = await ListenAsync(bob);
        using var running = await ListenAsync(alice);
        var queued = await _cli.RunAsync(["send", "--queue", "--json", "-u", alice, "-t", bob, "-m", "by another", .. network.Options]);
        var line = JsonDocument.Parse(queued.Out).RootElement;
        Assert.Equal((0, 0), (queued.Code, line.GetProperty("exit").GetInt32()));
        Assert.Contains(line.GetProperty("state").GetString(), new[] { "queued", "published" });
        await heard.Output.LineAsync(heard => heard.EndsWith("> by another", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Waits_until_the_recipient_has_confirmed()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        // Bob knows alice, so that his client confirms to her.
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync(["send", "-q", "-u", bob, "-t", alice, "-m", "write to me", .. network.Options])).Code);
        using var bobs = await ListenAsync(bob);
        var sent = await _cli.RunAsync(["send", "--wait", "delivered", "-u", alice, "-t", bob, "-m", "here", .. network.Options]);
        Assert.Equal((ExitCode.Done, $"{bob}: delivered\n"), (sent.Code, sent.Out));
    }

    [Fact]
    public async Task Says_that_it_was_sent_and_not_confirmed_in_time()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        var sent = await _cli.RunAsync(["send", "--wait", "delivered", "--timeout", "2", "-u", alice, "-t", bob, "-m", "nobody there", .. network.Options]);
        Assert.Equal(ExitCode.Unknown, sent.Code);
        Assert.Contains("not confirmed in time", sent.OneErrorLine);
    }

    [Theory]
    [InlineData("--wait", "read", "--wait takes published or delivered")]
    [InlineData("--wait=delivered", "--queue", "not both")]
    public async Task Refuses_what_makes_no_sense(string one, string other, string reason)
    {
        var result = await _cli.RunAsync("send", "-u", "alice", "-t", "bob", "-m", "x", one, other);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains(reason, result.Error);
    }

    public void Dispose() => _cli.Dispose();

    private Task<string> JoinAsync(string name) => _cli.JoinAsync(name, network);

    private Task<Listener> ListenAsync(string user) => Listener.StartAsync(_cli, user, network);
}
