using System.Text;
using System.Text.Json;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Commands;

/// <summary>Register, send and listen against a real broker and a real directory.</summary>
public sealed class SessionCommandsTests(TestNetwork network) : IClassFixture<TestNetwork>, IDisposable
{
    private readonly TestCli _cli = new();

    [Fact]
    public async Task Sends_and_listens()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        using var stop = new CancellationTokenSource();
        using var output = new LineWatcher();
        using var notices = new LineWatcher();
        var listening = Cli.RunAsync(["listen", "-u", bob, .. network.Options], _cli.EnvironmentWith(TextReader.Null, output, notices), stop.Token);
        await SendUntilSeenAsync(alice, bob, "Hello, Bob! 🔑", output);

        var line = await output.LineAsync(line => line.Contains("🔑"));
        Assert.Matches($@"\A\[\d\d:\d\d:\d\d\] {alice} \(STRANGER\) > Hello, Bob! 🔑\z", line.TrimEnd('\r'));
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await listening.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Runs_a_front_end_plugin_by_its_verb_and_names_those_there_are_where_there_is_none()
    {
        var alice = await JoinAsync("alice");
        string[] plugins = ["--plugins", Path.Combine(AppContext.BaseDirectory, "fixtures"), "-u", alice, .. network.Options];
        var greeting = await _cli.RunAsync(["run", "greet", "-t", "bob", .. plugins]);
        Assert.Equal((ExitCode.Done, $"greet: {alice} to bob\n"), (greeting.Code, greeting.Out));

        var unknown = await _cli.RunAsync(["run", "nosuch", .. plugins]);
        Assert.Equal(ExitCode.Usage, unknown.Code);
        Assert.Contains("greet", unknown.OneErrorLine);
    }

    [Fact]
    public async Task Tells_for_each_recipient_and_the_worst_counts()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        var result = await _cli.RunAsync(["send", "-u", alice, "-t", bob, "-t", bob.ToUpperInvariant(), "-t", "nobody-here", "-m", "hi", .. network.Options]);
        Assert.Equal(ExitCode.NotFound, result.Code);
        Assert.Equal($"{bob}: sent\n", result.Out);
        Assert.Contains("nobody-here", result.OneErrorLine);
    }

    [Fact]
    public async Task Json_has_one_object_a_line_and_nothing_on_standard_error()
    {
        var alice = await JoinAsync("alice");
        var result = await _cli.RunAsync(["send", "-u", alice, "-t", alice, "-t", "nobody-here", "-m", "hi", "--json", .. network.Options]);
        Assert.Equal("", result.Error);
        var lines = result.Out.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal("published", lines[0].GetProperty("state").GetString());
        Assert.Equal(0, lines[0].GetProperty("exit").GetInt32());
        Assert.Equal("unknown-user", lines[1].GetProperty("failure").GetString());
        Assert.Equal(ExitCode.NotFound, lines[1].GetProperty("exit").GetInt32());
    }

    [Fact]
    public async Task A_dash_reads_standard_input_and_quiet_prints_nothing()
    {
        var (alice, bob) = (await JoinAsync("alice"), await JoinAsync("bob"));
        var result = await _cli.RunWithInputAsync("from a pipe\n", CancellationToken.None, ["send", "-q", "-u", alice, "-t", bob, "-m", "-", .. network.Options]);
        Assert.Equal((ExitCode.Done, "", ""), (result.Code, result.Out, result.Error));
        var frame = Assert.Single(network.Frames, frame => frame.Topic == $"nes/{bob}/message");
        Assert.DoesNotContain("pipe", Encoding.UTF8.GetString(frame.Payload.Span));
    }

    [Fact]
    public async Task A_text_may_begin_like_a_file_of_arguments_or_an_option()
    {
        var alice = await JoinAsync("alice");
        foreach (var text in new[] { "@file", "-x", "--to", "-h", "[x]", "listen" })
        {
            var result = await _cli.RunAsync(["send", "-u", alice, "-t", alice, "-m", text, .. network.Options]);
            Assert.Equal((ExitCode.Done, ""), (result.Code, result.Error));
        }
    }

    [Fact]
    public async Task Verbose_logs_and_never_what_the_message_says()
    {
        var alice = await JoinAsync("alice");
        var result = await _cli.RunAsync(["send", "-u", alice, "-t", alice, "-m", "very-secret-words", "--verbose", .. network.Options]);
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.DoesNotContain("very-secret-words", result.Out + result.Error);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_waited_for_as_long_as_was_asked()
    {
        var alice = await JoinAsync("alice");
        var result = await _cli.RunAsync(["send", "-u", alice, "-t", alice, "-m", "x", "--timeout", "1", .. network.Options[2..], "-b", "mqtt://127.0.0.1:9"]);
        Assert.Equal(ExitCode.Network, result.Code);
        Assert.StartsWith("notice: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("nothing was sent", result.Error.TrimEnd('\n').Split('\n')[^1]);
    }

    [Fact]
    public async Task Settings_of_the_broker_that_cannot_work_end_at_once()
    {
        var alice = await JoinAsync("alice");
        var result = await _cli.RunAsync(
            ["send", "-u", alice, "-t", alice, "-m", "x", "--mqtt-ca", "/nonexistent/ca.pem", .. network.Options[2..], "-b", "mqtts://127.0.0.1:9"]);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("/nonexistent/ca.pem", result.OneErrorLine);
    }

    [Fact]
    public async Task Without_keys_it_says_how_to_make_them()
    {
        var result = await _cli.RunAsync(["send", "-u", "keyless", "-t", "bob", "-m", "x", .. network.Options]);
        Assert.Equal(ExitCode.NotFound, result.Code);
        Assert.Contains("nes generate -u keyless", result.OneErrorLine);
    }

    [UnixFact]
    public async Task Keys_that_others_can_read_are_refused_until_mended_or_allowed()
    {
        var alice = await JoinAsync("alice");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_cli.PathOf($"{alice}-rsa-sign"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        string[] send = ["send", "-q", "-u", alice, "-t", alice, "-m", "x", .. network.Options];
        var refused = await _cli.RunAsync(send);
        Assert.Equal(ExitCode.Untrusted, refused.Code);
        Assert.Contains("nes doctor --fix", refused.OneErrorLine);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync([.. send, "--allow-open-keys"])).Code);
        Assert.Contains("done", (await _cli.RunAsync(["doctor", "--fix", "-u", alice, .. network.Options])).Out);
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync(send)).Code);
    }

    [Fact]
    public async Task A_directory_without_its_key_is_a_usage_error_that_names_the_option()
    {
        var result = await _cli.RunAsync("register", "-e", "a@b.c", "-p", network.DirectoryAddress);
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("-P FILE", result.OneErrorLine);
    }

    [Fact]
    public async Task Registering_says_what_is_next_and_twice_is_no_error()
    {
        var user = Unique("alice");
        await _cli.RunAsync("generate", "-q", "-u", user);
        string[] register = ["register", "-u", user, "-e", "alice@example.org", .. network.Options];
        var first = await _cli.RunAsync(register);
        Assert.Equal(ExitCode.Done, first.Code);
        Assert.StartsWith("username registered.", first.Out, StringComparison.Ordinal);
        Assert.Contains($"nes listen -u {user}", first.Out);

        var again = await _cli.RunAsync(register);
        Assert.Equal(ExitCode.Done, again.Code);
        Assert.Contains("already", again.Out);

        await _cli.RunAsync("generate", "-q", "--force", "-u", user);
        var other = await _cli.RunAsync(register);
        Assert.Equal(ExitCode.Refused, other.Code);
        Assert.Contains("user already exist", other.OneErrorLine);
    }

    [Fact]
    public async Task Registers_from_the_public_halves_alone_as_the_original_does()
    {
        var user = Unique("alice");
        await _cli.RunAsync("generate", "-q", "-u", user);
        File.Delete(_cli.PathOf($"{user}-rsa-message"));
        File.Delete(_cli.PathOf($"{user}-rsa-sign"));
        var result = await _cli.RunAsync(["register", "-u", user, "-e", "alice@example.org", .. network.Options]);
        Assert.Equal((ExitCode.Done, ""), (result.Code, result.Error));
    }

    [Fact]
    public async Task What_the_directory_refuses_is_said_with_its_reason()
    {
        var user = Unique("alice");
        await _cli.RunAsync("generate", "-q", "-u", user);
        var result = await _cli.RunAsync(["register", "-u", user, "-e", "nonsense", .. network.Options]);
        Assert.Equal(ExitCode.Refused, result.Code);
        Assert.Contains("email validation error", result.OneErrorLine);
    }

    public void Dispose() => _cli.Dispose();

    private static string Unique(string name) => $"{name}-{Guid.NewGuid():N}"[..20];

    private Task<string> JoinAsync(string name) => _cli.JoinAsync(name, network);

    /// <summary>Sends once, when the listener's mailbox is subscribed: the broker tells a subscriber nothing of what came before.</summary>
    private async Task SendUntilSeenAsync(string from, string to, string text, LineWatcher output)
    {
        for (var attempt = 0; attempt < 20 && !output.Lines.Any(line => line.Contains(text)); attempt++)
        {
            Assert.Equal(ExitCode.Done, (await _cli.RunAsync(["send", "-u", from, "-t", to, "-m", text, .. network.Options])).Code);
        }
    }
}
