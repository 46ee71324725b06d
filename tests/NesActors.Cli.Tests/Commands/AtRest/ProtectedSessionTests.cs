using System.Text;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;

namespace NesActors.Cli.Tests.Commands.AtRest;

/// <summary>A protected identity at a real broker and a real directory.</summary>
public sealed class ProtectedSessionTests(TestNetwork network) : IClassFixture<TestNetwork>, IDisposable
{
    private const string Passphrase = "correct horse battery staple";
    private const string Text = "the key is under the mat";

    private readonly TestCli _cli = new();
    private readonly string _user = $"amy-{Guid.NewGuid():N}"[..16];

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Sends_listens_and_remembers_with_nothing_readable_on_the_disk()
    {
        await JoinAsync();
        using (var stop = new CancellationTokenSource())
        using (var output = new LineWatcher())
        {
            var listening = Cli.RunAsync(["listen", "-u", _user, .. network.Options], _cli.EnvironmentWith(TextReader.Null, output, TextWriter.Null), stop.Token);
            // A message that comes before the subscription is there is lost: sent until it is seen.
            while (!output.Lines.Any(line => line.Contains(Text, StringComparison.Ordinal)))
                Assert.Equal(ExitCode.Done, (await RunAsync("send", "-q", "-t", _user, "-m", Text)).Code);
            await stop.CancelAsync();
            Assert.Equal(ExitCode.Done, await listening.WaitAsync(TimeSpan.FromSeconds(60)));
        }

        Assert.Contains(Text, (await RunAsync("history", _user)).Out, StringComparison.Ordinal);
        foreach (var file in System.IO.Directory.GetFiles(_cli.NesFolder, "*", SearchOption.AllDirectories))
        {
            var content = await File.ReadAllTextAsync(file, Encoding.Latin1);
            Assert.All((string[])[Text, "PRIVATE KEY", Passphrase], secret => Assert.DoesNotContain(secret, content, StringComparison.Ordinal));
        }
        _cli.Variables["NES_PASSPHRASE"] = "a guess of somebody";
        Assert.Equal(ExitCode.Untrusted, (await RunAsync("history", _user)).Code);
    }

    [Fact]
    public async Task The_passphrase_and_then_the_text_may_come_from_standard_input()
    {
        await JoinAsync();
        _cli.Variables.Remove("NES_PASSPHRASE");

        var sent = await _cli.RunWithInputAsync($"{Passphrase}\n{Text}\n", default, ["send", "-u", _user, "-t", _user, "-m", "-", "--passphrase-fd", "0", .. network.Options]);

        Assert.Equal((ExitCode.Done, $"{_user}: sent\n", ""), (sent.Code, sent.Out, sent.Error));
        var history = await _cli.RunWithInputAsync($"{Passphrase}\n", default, ["history", _user, "-u", _user, "--passphrase-fd", "0"]);
        Assert.EndsWith($"> {Text}\n", history.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_says_that_the_keys_are_protected_and_asks_nobody()
    {
        await JoinAsync();
        _cli.AskSecret = _ => throw new InvalidOperationException("Nobody is to be asked.");
        var unlocked = await RunAsync("doctor");
        Assert.Equal(ExitCode.Done, unlocked.Code);
        Assert.Contains("fit together, protected by a passphrase", unlocked.Out, StringComparison.Ordinal);

        _cli.Variables.Remove("NES_PASSPHRASE");
        var locked = await RunAsync("doctor");
        Assert.Equal(ExitCode.Done, locked.Code);
        Assert.Contains("protected by a passphrase", locked.Out, StringComparison.Ordinal);
        Assert.Contains("were not looked at", locked.Out, StringComparison.Ordinal);

        AtomicFile.Write(_cli.PathOf($"{_user}-rsa-sign"), new byte[100], FileModes.Private);
        Assert.Contains("nes keys protect", (await RunAsync("doctor")).Out, StringComparison.Ordinal);
    }

    private async Task JoinAsync()
    {
        _cli.Variables["NES_PASSPHRASE"] = Passphrase;
        Assert.Equal(ExitCode.Done, (await RunAsync("generate", "-q")).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync("keys", "protect", "-q")).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync("register", "-q", "-e", "amy@example.org")).Code);
    }

    private Task<CliResult> RunAsync(params string[] arguments) => _cli.RunAsync([.. arguments, "-u", _user, .. network.Options]);
}
