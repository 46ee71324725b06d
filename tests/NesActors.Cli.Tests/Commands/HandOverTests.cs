using System.Text.Json;
using NesActors.Cli.Commands;
using NesActors.Cli.Hosting;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;

namespace NesActors.Cli.Tests.Commands;

/// <summary>A <c>send</c> that the process which runs the session runs as it was typed; and what it leaves to the one that typed it.</summary>
public sealed class HandOverTests(TestNetwork network) : IClassFixture<TestNetwork>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestCli _cli = new();

    [Fact]
    public async Task The_running_session_sends_what_was_typed_elsewhere()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        using var running = await ListenAsync(alice);
        using var heard = await ListenAsync(bob);
        Assert.Equal(new Handed(ExitCode.Done, $"{bob}: sent\n", ""), await TryAsync(["send", "-u", alice, "-t", bob, "-m", "typed here", .. network.Options]));
        await heard.Output.LineAsync(line => line.EndsWith("> typed here", StringComparison.Ordinal));

        // Options may come before the name of the command.
        var asJson = await TryAsync(["-u", alice, "send", "--json", "-t", bob, "-t", "nobody", "-m", "--help is no option here", .. network.Options]);
        var lines = asJson!.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal([(bob, 0), ("nobody", ExitCode.NotFound)], lines.Select(line => (line.GetProperty("to").GetString()!, line.GetProperty("exit").GetInt32())));
        Assert.Equal(ExitCode.NotFound, asJson.ExitCode);
        await heard.Output.LineAsync(line => line.EndsWith("> --help is no option here", StringComparison.Ordinal));

        var queued = await TryAsync(["send", "--queue", "-q", "-u", alice, "-t", bob, "-m", "in its own time", .. network.Options]);
        Assert.Equal(new Handed(ExitCode.Done, "", ""), queued);
        await heard.Output.LineAsync(line => line.EndsWith("> in its own time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_mean_what_they_mean_to_who_typed_it()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        using var running = await ListenAsync(alice);
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(_cli.Home, "elsewhere")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "mine.conf"), $"NES_USERNAME = {alice}\nPUBKEY_PUBLIC_KEY_FILE = ./directory.pub\n");
        File.Copy(network.Options[5], Path.Combine(folder, "directory.pub"));
        var environment = _cli.EnvironmentWith(TextReader.Null, TextWriter.Null, TextWriter.Null) with
        {
            WorkingFolder = folder,
            Variables = new Dictionary<string, string> { ["MQTT_BROKER_ADDRESS"] = network.Options[1], ["PUBKEY_ADDRESS"] = network.Options[3] },
        };
        Assert.Equal(new Handed(ExitCode.Done, $"{bob}: sent\n", ""), await TryAsync(["send", "-c", "mine.conf", "-t", bob, "-m", "by a file of my own"], environment));
    }

    [Fact]
    public async Task What_another_process_cannot_do_is_left_to_this_one()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        string[] send = ["send", "-u", alice, "-t", bob, "-m", "x", .. network.Options];
        Assert.Null(await TryAsync(send));

        using var running = await ListenAsync(alice);
        Assert.Null(await TryAsync(["send", "-u", bob, "-t", alice, "-m", "x", .. network.Options]));
        Assert.Null(await TryAsync(["send", "-u", alice, "-t", bob, "-m", "-", .. network.Options]));
        Assert.Null(await TryAsync(["send", "-u", alice, "-t", "No Name", "-m", "x", .. network.Options]));
        Assert.Null(await TryAsync([.. send, "--no-such-option"]));
        Assert.Null(await TryAsync([.. send, "--help"]));
        Assert.Null(await TryAsync([.. send, "-c", "no-such-file"]));
        Assert.Null(await TryAsync(["history", "send", "-u", alice]));
        Assert.Null(await TryAsync(["send", "-u", alice, "-t", bob, "-m", "x", "-b", "mqtt://127.0.0.1:9", .. network.Options.Skip(2)]));
        // A guess of whose session it is that is wrong.
        Assert.Null(await TryAsync(["send", "-m", "-u", alice, "-t", bob, .. network.Options]));
        Assert.Null(await TryAsync([.. send, "--state", Path.Combine(_cli.Home, "nowhere")]));
        Assert.Equal(ExitCode.Done, (await TryAsync(send))!.ExitCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Descriptors_of_another_process_are_not_read_here(int descriptor)
    {
        using var descriptors = new SecretDescriptors(_cli.EnvironmentWith(new StringReader("secret\n"), TextWriter.Null, TextWriter.Null) with
        {
            HandedTo = new RunningHere(_cli.NesFolder, new OwnerInfo(Username.Parse("alice"), "memory://x", "https://directory.example", 1, DateTimeOffset.UnixEpoch), null!),
        });
        Assert.Throws<NotHandedOverException>(() => descriptors.FirstLine(descriptor));
    }

    [Fact]
    public async Task What_was_handed_over_and_is_run_again_is_sent_once()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        using var running = await ListenAsync(alice);
        var first = MessageId.New(TimeProvider.System);
        string[] send = ["send", "--json", "-u", alice, "-t", bob, "-t", alice, "-m", "once", .. network.Options];
        var handed = await TryAsync(send, first: first);
        var again = new StringWriter();
        Assert.Equal(ExitCode.Done, await Cli.RunAsync(send, _cli.EnvironmentWith(TextReader.Null, again, TextWriter.Null) with { FirstMessage = first }, CancellationToken.None));
        Assert.Equal(IdsOf(handed!.Output), IdsOf(again.ToString()));
        Assert.Equal(2, IdsOf(handed.Output).Distinct().Count());
        var history = await _cli.RunAsync(["history", "--json", "-u", alice, bob, .. network.Options]);
        Assert.Equal(IdsOf(handed.Output)[0], Assert.Single(IdsOf(history.Out)));
    }

    [Fact]
    public async Task An_interruption_tells_how_far_it_came()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        using var running = await ListenAsync(alice);
        using var stop = new CancellationTokenSource();
        var sending = TryAsync(["send", "--wait", "delivered", "-u", alice, "-t", bob, "-m", "nobody there", .. network.Options], interrupted: stop.Token);
        await SentAsync(alice, bob);
        await stop.CancelAsync();
        var ended = await sending;
        Assert.Equal(ExitCode.Unknown, ended!.ExitCode);
        Assert.Contains("not confirmed in time", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_ends_under_it_leaves_the_rest_to_this_process()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        Task<Handed?> sending;
        using (await ListenAsync(alice))
        {
            sending = TryAsync(["send", "--wait", "delivered", "-u", alice, "-t", bob, "-m", "nobody there", .. network.Options]);
            await SentAsync(alice, bob);
        }
        Assert.Null(await sending);
        var history = await _cli.RunAsync(["history", "--json", "-u", alice, bob, .. network.Options]);
        Assert.Equal("published", JsonDocument.Parse(history.Out).RootElement.GetProperty("state").GetString());
    }

    public void Dispose() => _cli.Dispose();

    private static List<string> IdsOf(string lines) => [.. lines.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];

    private async Task<Handed?> TryAsync(string[] arguments, CliEnvironment? environment = null, MessageId? first = null, CancellationToken interrupted = default)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        environment = (environment ?? _cli.EnvironmentWith(TextReader.Null, output, error)) with { Out = output, Error = error };
        var code = await Task.Run(() => HandOver.TryRun(arguments, environment, first ?? MessageId.New(TimeProvider.System), interrupted), CancellationToken.None).WaitAsync(Patience, CancellationToken.None);
        return code is { } exit ? new Handed(exit, output.ToString(), error.ToString()) : null;
    }

    private async Task SentAsync(string from, string to)
    {
        using var stop = new CancellationTokenSource(Patience);
        while (!(await _cli.RunAsync(["history", "--json", "-u", from, to, .. network.Options])).Out.Contains("\"published\"", StringComparison.Ordinal)) stop.Token.ThrowIfCancellationRequested();
    }

    private Task<string> JoinAsync(string name) => _cli.JoinAsync(name, network);

    private Task<Listener> ListenAsync(string user) => Listener.StartAsync(_cli, user, network);

    private sealed record Handed(int ExitCode, string Output, string Error);
}
