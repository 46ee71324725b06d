using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly TestCli _cli = new();

    [Theory]
    [InlineData("", "expected a command", "nes --help")]
    [InlineData("frobnicate", "frobnicate", "nes --help")]
    [InlineData("send -m hi", "--to", "nes send --help")]
    [InlineData("send -t bob", "--message", "nes send --help")]
    [InlineData("send -t bob -m", "-m", "nes send --help")]
    [InlineData("send -t bob -m a -m b", "-m", "nes send --help")]
    [InlineData("send -t bob -m hi extra", "extra", "nes send --help")]
    [InlineData("send -t bob -m hi --timeout 0", "1 to 86400 seconds", "nes send --help")]
    [InlineData("send -t bob -m hi --timeout soon", "soon", "nes send --help")]
    [InlineData("send -t bob -m hi --queue=maybe", "maybe", "nes send --help")]
    [InlineData("history bob --limit many", "expected a number", "nes history --help")]
    [InlineData("forget bob --after soon", "expected a number", "nes forget --help")]
    [InlineData("forget bob --after -1", "0 to 36500 days", "nes forget --help")]
    [InlineData("forget bob --after 1 --message x", "not both", "nes forget --help")]
    [InlineData("frob\u001b[31m", "frob", "nes --help")]
    [InlineData("register", "--email", "nes register --help")]
    [InlineData("chat", "--to", "nes chat --help")]
    [InlineData("config", "-s", "nes config --help")]
    [InlineData("generate -s 512", "2048 to 8192", "nes generate --help")]
    [InlineData("generate -s 9000", "2048 to 8192", "nes generate --help")]
    [InlineData("generate -s big", "big", "nes generate --help")]
    [InlineData("listen --nonsense", "--nonsense", "nes listen --help")]
    [InlineData("version extra", "extra", "nes version --help")]
    [InlineData("plugins extra", "extra", "nes plugins --help")]
    [InlineData("doctor extra", "extra", "nes doctor --help")]
    [InlineData("completion", "shell", "nes completion --help")]
    [InlineData("completion tcsh", "tcsh", "nes completion --help")]
    [InlineData("directory export", "--out", "nes directory export --help")]
    [InlineData("directory users --limit 0", "1 to 100000", "nes directory users --help")]
    [InlineData("directory import", "file", "nes directory import --help")]
    [InlineData("directory keygen", "--out", "nes directory keygen --help")]
    [InlineData("directory keygen --out k -s 1024", "2048 to 8192", "nes directory keygen --help")]
    [InlineData("broker --listen 1883", "1883", "nes broker --help")]
    [InlineData("up --exit", "--demo", "nes up --help")]
    [InlineData("up --broker-port 70000", "65535", "nes up --help")]
    public async Task What_makes_no_sense_is_said_in_one_line_that_names_it_and_the_help(string line, string named, string help)
    {
        var result = await _cli.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Equal("", result.Out);
        Assert.StartsWith("nes: ", result.OneErrorLine, StringComparison.Ordinal);
        Assert.Contains(named, result.OneErrorLine);
        Assert.EndsWith($"see: {help}", result.OneErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-h")]
    [InlineData("--help")]
    public async Task The_help_names_every_command_every_option_of_the_original_and_the_exit_codes(string option)
    {
        var result = await _cli.RunAsync(option);
        Assert.Equal(ExitCode.Done, result.Code);
        string[] words =
        [
            "register", "listen", "send", "config", "generate", "chat", "version", "doctor", "plugins", "up", "broker", "directory", "completion",
            "-b, --broker", "-p, --provider", "-P, --provider_key", "-k, --private_message", "-K, --public_message", "-j, --private_sign",
            "-J, --public_sign", "-u, --user", "-c, --config", "-h, --help", "MQTT_PASSWORD", "Exit codes:", "  6    the connection broke",
        ];
        Assert.All(words.Where(word => word != "MQTT_PASSWORD"), word => Assert.Contains(word, result.Out));
    }

    [Theory]
    [InlineData("send", "-t, --to", "-m, --message", "--timeout", "--json", "--quiet")]
    [InlineData("generate", "-s, --size", "--force")]
    [InlineData("register", "-e, --email")]
    [InlineData("config", "-s, --show", "-S, --store")]
    [InlineData("chat", "-t, --to")]
    [InlineData("doctor", "--fix", "--json")]
    public async Task A_command_s_help_names_its_options(string command, params string[] options)
    {
        var result = await _cli.RunAsync(command, "-h");
        Assert.Equal(ExitCode.Done, result.Code);
        Assert.All(options, option => Assert.Contains(option, result.Out));
        Assert.DoesNotContain("Exit codes:", result.Out);
    }

    [Fact]
    public async Task The_version_is_printed_alone()
    {
        var result = await _cli.RunAsync("version");
        Assert.Matches(@"\A\d+\.\d+\.\d+\n\z", result.Out);
    }

    [Fact]
    public async Task A_bad_user_s_name_ends_before_anything_is_touched()
    {
        var result = await _cli.RunAsync("send", "-t", "no such", "-m", "hi");
        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("'no such'", result.OneErrorLine);
        Assert.False(System.IO.Directory.Exists(_cli.NesFolder));
    }

    [Fact]
    public async Task A_text_longer_than_64_KiB_is_refused()
    {
        var typed = await _cli.RunAsync("send", "-t", "bob", "-m", new string('ä', 32 * 1024 + 1));
        Assert.Equal(ExitCode.Usage, typed.Code);
        Assert.Contains("64 KiB", typed.OneErrorLine);

        var piped = await _cli.RunWithInputAsync(new string('x', 64 * 1024 + 1), CancellationToken.None, "send", "-t", "bob", "-m", "-");
        Assert.Equal(ExitCode.Usage, piped.Code);
        Assert.Contains("64 KiB", piped.OneErrorLine);
    }

    [Fact]
    public async Task An_unknown_suite_or_transport_is_said_with_what_there_is()
    {
        var suite = await _cli.RunAsync("generate", "--suite", "nes9");
        Assert.Equal(ExitCode.Usage, suite.Code);
        Assert.Contains("nes1", suite.OneErrorLine);
        var transport = await _cli.RunAsync("send", "-t", "bob", "-m", "x", "-b", "amqp://host");
        Assert.Equal(ExitCode.Usage, transport.Code);
        Assert.Contains("mqtt", transport.OneErrorLine);
    }

    public void Dispose() => _cli.Dispose();
}
