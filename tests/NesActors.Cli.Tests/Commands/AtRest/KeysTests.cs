using System.Text;
using System.Text.Json;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;

namespace NesActors.Cli.Tests.Commands.AtRest;

/// <summary>What <c>nes keys</c> and those below it do to alice's keys.</summary>
public sealed class KeysTests : IAsyncLifetime
{
    private const string Passphrase = "correct horse battery staple";

    private static readonly string[] Private = ["alice-rsa-message", "alice-rsa-sign"];
    private static readonly string[] Public = ["alice-rsa-message.pub", "alice-rsa-sign.pub"];

    private readonly TestCli _cli = new();
    private readonly Dictionary<string, byte[]> _before = [];

    public async Task InitializeAsync()
    {
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("generate", "-q")).Code);
        foreach (var name in Private.Concat(Public)) _before[name] = await File.ReadAllBytesAsync(_cli.PathOf(name));
        _cli.Variables["NES_PASSPHRASE"] = Passphrase;
    }

    public Task DisposeAsync()
    {
        _cli.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Protecting_leaves_no_private_key_in_the_clear_and_unprotecting_brings_each_back()
    {
        var done = await _cli.RunAsync("keys", "protect");

        Assert.Equal(ExitCode.Done, done.Code);
        Assert.Contains("A disk may keep copies", done.Out, StringComparison.Ordinal);
        Assert.All(Private, name => Assert.False(File.Exists(_cli.PathOf(name))));
        Assert.All(Public, name => Assert.Equal(_before[name], File.ReadAllBytes(_cli.PathOf(name))));
        AssertNowhere("PRIVATE KEY", Passphrase, Encoding.ASCII.GetString(_before["alice-rsa-sign"])[100..160]);

        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("keys", "unprotect", "-q")).Code);
        Assert.All(_before, file => Assert.Equal(file.Value, File.ReadAllBytes(_cli.PathOf(file.Key))));
        Assert.False(File.Exists(_cli.PathOf("alice-keyring")));
        if (!OperatingSystem.IsWindows()) Assert.Equal(FileModes.Private, File.GetUnixFileMode(_cli.PathOf("alice-rsa-sign")));
    }

    [Fact]
    public async Task Lists_what_is_there_and_asks_nobody()
    {
        var open = (await _cli.RunAsync("keys", "--json")).Out;
        Assert.Equal(["none", "public", "none", "public", "none", "none", "public", "public", "public"], Column(open, "protection"));

        await ProtectAsync();
        _cli.Variables.Remove("NES_PASSPHRASE");
        var listed = await _cli.RunAsync("keys", "--json");

        Assert.Equal((ExitCode.Done, ""), (listed.Code, listed.Error));
        Assert.Equal(["private keys", "rsa-message.pub", "rsa-sign.pub", "statement-nes2.pub", "identity-nes2", "identity"], Column(listed.Out, "key"));
        Assert.Equal(["passphrase", "public", "public", "public", "public", "public"], Column(listed.Out, "protection"));
        Assert.Contains("alice-keyring", (await _cli.RunAsync("keys")).Out, StringComparison.Ordinal);
        Assert.Equal(open.Split('\n')[^2], listed.Out.Split('\n')[^2]);
        Assert.Equal(ExitCode.NotFound, (await _cli.RunAsync("keys", "-u", "nobody")).Code);
    }

    [Fact]
    public async Task Asks_twice_for_a_new_passphrase_and_writes_nothing_where_the_two_differ()
    {
        _cli.Variables.Remove("NES_PASSPHRASE");
        var answers = new Queue<string>([Passphrase, "correct horse battery stable"]);
        var asked = new List<string>();
        _cli.AskSecret = prompt =>
        {
            asked.Add(prompt);
            return answers.Dequeue();
        };

        var result = await _cli.RunAsync("keys", "protect");

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("differ", result.OneErrorLine, StringComparison.Ordinal);
        Assert.Equal(2, asked.Count);
        Assert.False(File.Exists(_cli.PathOf("alice-keyring")));
    }

    [Theory]
    [InlineData("backup", "--out", "never")]
    [InlineData("keys", "unprotect")]
    [InlineData("keys", "export-legacy", "--out", "never")]
    [InlineData("send", "-t", "bob", "-m", "hi")]
    [InlineData("listen")]
    public async Task Without_anybody_to_ask_it_says_where_the_passphrase_may_come_from(params string[] command)
    {
        await ProtectAsync();
        _cli.Variables.Remove("NES_PASSPHRASE");

        var result = await _cli.RunAsync(command);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("NES_PASSPHRASE", result.OneErrorLine, StringComparison.Ordinal);
        Assert.Contains("--passphrase-fd", result.OneErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_passphrase_opens_nothing_says_so_and_is_shown_nowhere()
    {
        await ProtectAsync();
        _cli.Variables["NES_PASSPHRASE"] = "a guess of somebody";

        var result = await _cli.RunAsync("keys", "unprotect", "--verbose");

        Assert.Equal(ExitCode.Untrusted, result.Code);
        Assert.Contains("the passphrase is another", result.OneErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("a guess", result.Error + result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NES-KEYRING")]
    [InlineData("NES-KEYRING\u0001 cut off")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----")]
    public async Task A_damaged_keyring_is_one_line_that_says_what_to_do(string content)
    {
        await ProtectAsync();
        await File.WriteAllTextAsync(_cli.PathOf("alice-keyring"), content);

        var result = await _cli.RunAsync("keys", "unprotect");

        Assert.Equal(ExitCode.Untrusted, result.Code);
        Assert.Contains("nes restore", result.OneErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_the_passphrase()
    {
        await ProtectAsync();
        _cli.Variables["NES_NEW_PASSPHRASE"] = "another one altogether";
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("keys", "passphrase")).Code);

        Assert.Equal(ExitCode.Untrusted, (await _cli.RunAsync("keys", "unprotect")).Code);
        _cli.Variables["NES_PASSPHRASE"] = "another one altogether";
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("keys", "unprotect")).Code);
        Assert.Equal(ExitCode.Usage, (await _cli.RunAsync("keys", "passphrase")).Code);
    }

    [Fact]
    public async Task Writes_the_four_files_of_the_original_for_the_owner_alone_and_warns()
    {
        await ProtectAsync();
        var folder = Path.Combine(_cli.Home, "legacy");

        var result = await _cli.RunAsync("keys", "export-legacy", "--out", folder);

        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains("in the clear", result.OneErrorLine, StringComparison.Ordinal);
        Assert.Equal(_before.Keys.Order(), System.IO.Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Order());
        Assert.All(_before, file => Assert.Equal(Encoding.ASCII.GetString(file.Value).Trim(), File.ReadAllText(Path.Combine(folder, file.Key)).Trim()));
        Assert.Equal(ExitCode.Usage, (await _cli.RunAsync("keys", "export-legacy", "--out", folder)).Code);
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in System.IO.Directory.GetFiles(folder)) Assert.Equal(FileModes.Private, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Keys_that_are_made_anew_go_under_the_same_passphrase()
    {
        await ProtectAsync();
        Assert.Equal(ExitCode.Usage, (await _cli.RunAsync("generate")).Code);

        var result = await _cli.RunAsync("generate", "--force");

        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains("alice-keyring", result.Out, StringComparison.Ordinal);
        AssertNowhere("PRIVATE KEY");
        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("keys", "unprotect", "-q")).Code);
        Assert.NotEqual(_before["alice-rsa-sign"], await File.ReadAllBytesAsync(_cli.PathOf("alice-rsa-sign")));
    }

    [Fact]
    public async Task Protecting_twice_changes_nothing_and_finishes_what_was_broken_off()
    {
        await ProtectAsync();
        Assert.Contains("already", (await _cli.RunAsync("keys", "protect")).Out, StringComparison.Ordinal);
        AtomicFile.Write(_cli.PathOf("alice-rsa-sign"), _before["alice-rsa-sign"], FileModes.Private);

        Assert.Equal(ExitCode.Done, (await _cli.RunAsync("keys", "protect", "-q")).Code);

        Assert.False(File.Exists(_cli.PathOf("alice-rsa-sign")));
    }

    [Fact]
    public async Task There_is_nothing_to_protect_without_keys()
    {
        var result = await _cli.RunAsync("keys", "protect", "-u", "nobody");

        Assert.Equal(ExitCode.NotFound, result.Code);
        Assert.Contains("nes generate", result.OneErrorLine, StringComparison.Ordinal);
    }

    private async Task ProtectAsync() => Assert.Equal(ExitCode.Done, (await _cli.RunAsync("keys", "protect", "-q")).Code);

    private void AssertNowhere(params string[] secrets)
    {
        foreach (var file in System.IO.Directory.GetFiles(_cli.NesFolder, "*", SearchOption.AllDirectories))
        {
            var content = File.ReadAllText(file, Encoding.Latin1);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, content, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> Column(string lines, string name) =>
        lines.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty(name).GetString()!);
}
