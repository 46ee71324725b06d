using System.Text.Json;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;

namespace NesActors.Cli.Tests.Commands;

/// <summary>What the owner of a name asks a key directory for, from registering to leaving, at a real one.</summary>
public sealed class OwnerTests : IAsyncLifetime
{
    private readonly LinkedDirectory _directory = new();
    private readonly TestCli _alice = new();
    private readonly TestCli _other = new() { SystemUser = "zoe" };

    public Task InitializeAsync()
    {
        _alice.Clock = _other.Clock = _directory.Clock;
        return _directory.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _directory.DisposeAsync();
        _alice.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task A_link_activates_from_the_terminal_once()
    {
        await RegisterAsync();
        Assert.Equal(ExitCode.NotFound, (await RunAsync(_other, "whois", "alice")).Code);

        var activated = await RunAsync(_alice, "activate", _directory.LinksOf("alice")[0]);
        Assert.Equal((ExitCode.Done, "user activated\n"), (activated.Code, activated.Out));
        Assert.Equal("active", (await WhoisAsync("alice")).GetProperty("status").GetString());

        Assert.Equal(ExitCode.Refused, (await RunAsync(_alice, "activate", _directory.LinksOf("alice")[0])).Code);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("http://example.org/users/alice/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("file:///etc/passwd")]
    public async Task Follows_no_link_of_anybody_else(string link)
    {
        var result = await RunAsync(_alice, "activate", link);

        Assert.Contains(result.Code, (int[])[ExitCode.Usage, ExitCode.Refused]);
    }

    [Fact]
    public async Task A_link_that_deletes_is_not_followed_by_activate()
    {
        await ActivateAsync();

        var refused = await RunAsync(_alice, "activate", _directory.LinksOf("alice")[1]);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("nes unregister", refused.OneErrorLine, StringComparison.Ordinal);
        Assert.Equal("active", (await WhoisAsync("alice")).GetProperty("status").GetString());

        Assert.Equal(ExitCode.Done, (await RunAsync(_alice, "unregister", _directory.LinksOf("alice")[1], "--yes")).Code);
        Assert.Equal("deleted", (await WhoisAsync("alice")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Waits_until_the_name_is_active()
    {
        await RunAsync(_alice, "generate", "-q");
        var output = new LineWatcher();
        var registering = Cli.RunAsync(
            ["register", "-e", "alice@example.org", "--wait", .. _directory.Options], _alice.EnvironmentWith(TextReader.Null, output, TextWriter.Null), default);
        await output.LineAsync(line => line.StartsWith("Then:", StringComparison.Ordinal));
        await RunAsync(_other, "activate", _directory.LinksOf("alice")[0]);

        while (!registering.IsCompleted)
        {
            // As slowly as a directory answers: the day in which the link works must not be over first.
            await WhoisAsync("alice");
            _directory.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(ExitCode.Done, await registering);
        Assert.Contains("alice is active.", output.Lines);
    }

    [Fact]
    public async Task New_keys_take_the_place_of_old_ones_and_the_history_shows_who_signed()
    {
        await ActivateAsync();
        var before = (await WhoisAsync("alice")).GetProperty("fingerprint").GetString();
        var oldMessageKey = await File.ReadAllTextAsync(_alice.PathOf("alice-rsa-message"));

        Assert.Equal(ExitCode.Done, (await RunAsync(_alice, "rotate")).Code);

        var now = await WhoisAsync("alice");
        Assert.NotEqual(before, now.GetProperty("fingerprint").GetString());
        Assert.Equal(2, now.GetProperty("rev").GetInt32());
        Assert.Equal(oldMessageKey, await File.ReadAllTextAsync(_alice.PathOf("alice-rsa-message-previous")));
        Assert.Empty(System.IO.Directory.EnumerateFiles(_alice.NesFolder, "*.next"));
        Assert.Equal(ExitCode.Done, (await RunAsync(_alice, "rotate", "--forget-previous")).Code);
        Assert.False(File.Exists(_alice.PathOf("alice-rsa-message-previous")));

        var history = (await RunAsync(_other, "whois", "alice", "--history", "--json")).Out.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["registration", "change"], history.Select(entry => entry.GetProperty("how").GetString()!));
        Assert.Equal([false, true], history.Select(entry => entry.GetProperty("old_key_signed").GetBoolean()));
    }

    [Fact]
    public async Task New_keys_of_a_protected_identity_never_lie_in_the_clear()
    {
        _alice.Variables["NES_PASSPHRASE"] = "correct horse battery staple";
        await ActivateAsync();
        Assert.Equal(ExitCode.Done, (await RunAsync(_alice, "keys", "protect", "-q")).Code);

        Assert.Equal(ExitCode.Done, (await RunAsync(_alice, "rotate")).Code);

        Assert.Equal(2, (await WhoisAsync("alice")).GetProperty("rev").GetInt32());
        Assert.Equal(
            ["alice-keyring", "alice-nes2-directories.pub", "alice-revocation", "alice-rsa-message.pub", "alice-rsa-sign.pub", "alice-statement-nes2.pub"],
            System.IO.Directory.GetFiles(_alice.NesFolder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
        Assert.Equal(ExitCode.Done, (await RunAsync(_alice, "keys", "unprotect", "-q")).Code);
        Assert.True(File.Exists(_alice.PathOf("alice-rsa-message-previous")));
        Assert.Equal(ExitCode.Usage, (await RunAsync(_alice, "recover")).Code); // The directory shows the keys that are here.
    }

    [Fact]
    public async Task A_change_that_broke_off_after_the_directory_had_done_it_goes_on()
    {
        await ActivateAsync();
        // As if the program had died between the directory's answer and putting the keys in place.
        using (var aside = new TestCli())
        {
            CopyKeys(_alice, aside, "");
            aside.Clock = _directory.Clock;
            Assert.Equal(ExitCode.Done, (await RunAsync(aside, "rotate")).Code);
            CopyKeys(aside, _alice, ".next");
        }

        var result = await RunAsync(_alice, "rotate");

        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Contains("going on", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await WhoisAsync("alice")).GetProperty("rev").GetInt32());
        Assert.Equal(ExitCode.Usage, (await RunAsync(_alice, "recover")).Code); // The directory shows the keys that are here.
    }

    [Fact]
    public async Task A_change_that_the_directory_refuses_leaves_the_keys_as_they_were()
    {
        await RegisterAsync();
        var key = await File.ReadAllTextAsync(_alice.PathOf("alice-rsa-sign"));

        var result = await RunAsync(_alice, "rotate");

        Assert.Equal(ExitCode.NotFound, result.Code);
        Assert.Equal(key, await File.ReadAllTextAsync(_alice.PathOf("alice-rsa-sign")));
        Assert.Empty(System.IO.Directory.EnumerateFiles(_alice.NesFolder, "*.next"));
    }

    [Fact]
    public async Task Revoked_keys_are_nobodys_and_the_name_comes_back_by_mail_after_72_hours()
    {
        await ActivateAsync();
        var revocation = Path.Combine(_other.Home, "kept-elsewhere");
        File.Copy(_alice.PathOf("alice-revocation"), revocation);

        Assert.Equal(ExitCode.Usage, (await RunAsync(_other, "revoke", "--statement", revocation)).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync(_other, "revoke", "--statement", revocation, "--yes")).Code);
        Assert.Equal("revoked", (await WhoisAsync("alice")).GetProperty("status").GetString());

        // On a new machine, without any of the old keys.
        using var fresh = new TestCli { Clock = _directory.Clock };
        Assert.Equal(ExitCode.Done, (await RunAsync(fresh, "recover")).Code);
        Assert.Equal(ExitCode.Done, (await RunAsync(fresh, "activate", _directory.LinksOf("alice")[2])).Code);
        Assert.Contains("confirmed", (await RunAsync(fresh, "recover", "--status")).Out, StringComparison.Ordinal);
        Assert.Equal("revoked", (await WhoisAsync("alice")).GetProperty("status").GetString());

        _directory.Clock.Advance(TimeSpan.FromHours(72) + TimeSpan.FromMinutes(2));
        await UntilAsync(async () => (await WhoisAsync("alice")).GetProperty("status").GetString() == "active");
        Assert.Equal(ExitCode.Usage, (await RunAsync(fresh, "recover")).Code);
    }

    [Fact]
    public async Task The_owner_of_the_keys_stops_a_recovery()
    {
        await ActivateAsync();
        using var thief = new TestCli { Clock = _directory.Clock };
        await RunAsync(thief, "recover");
        await RunAsync(thief, "activate", _directory.LinksOf("alice")[2]);
        Assert.Contains("nes recover --veto", (await RunAsync(_alice, "doctor", "-b", "mqtt://127.0.0.1:1")).Out, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, (await RunAsync(_alice, "recover", "--veto")).Code);
        Assert.Contains("no recovery", (await RunAsync(_alice, "recover", "--status")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, (await RunAsync(_alice, "recover", "--veto")).Code);
    }

    [Fact]
    public async Task Leaves_by_the_sign_key_and_only_when_meant()
    {
        await ActivateAsync();

        var asked = await RunAsync(_alice, "unregister");
        Assert.Equal(ExitCode.Usage, asked.Code);
        Assert.Contains("--yes", asked.OneErrorLine, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await RunAsync(_alice, "unregister", "--yes")).Code);

        Assert.Equal("deleted", (await WhoisAsync("alice")).GetProperty("status").GetString());
        Assert.Equal(ExitCode.Refused, (await RunAsync(_alice, "register", "-e", "alice@example.org")).Code);
        Assert.Equal(ExitCode.NotFound, (await RunAsync(_alice, "unregister", "--yes")).Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("""{"user":"../x","dir":"","address":"","sign_key":"","signature":""}""")]
    public async Task Says_that_a_file_is_no_revocation(string content)
    {
        var file = Path.Combine(_alice.Home, "file");
        await File.WriteAllTextAsync(file, content);

        var result = await RunAsync(_alice, "revoke", "--statement", file, "--yes");

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("no revocation", result.OneErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rotate")]
    [InlineData("revoke")]
    [InlineData("recover")]
    [InlineData("unregister")]
    public async Task A_folder_of_files_has_no_owners(string command)
    {
        var result = await _alice.RunAsync(command, "-p", $"file://{_alice.Home}");

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("folder", result.OneErrorLine, StringComparison.Ordinal);
    }

    private Task<CliResult> RunAsync(TestCli cli, params string[] arguments) => cli.RunAsync([.. arguments, .. _directory.Options]);

    private async Task RegisterAsync()
    {
        await RunAsync(_alice, "generate", "-q");
        Assert.Equal(ExitCode.Done, (await RunAsync(_alice, "register", "-e", "alice@example.org")).Code);
    }

    private async Task ActivateAsync()
    {
        await RegisterAsync();
        Assert.Equal(ExitCode.Done, (await RunAsync(_alice, "activate", _directory.LinksOf("alice")[0])).Code);
    }

    private async Task<JsonElement> WhoisAsync(string user) => JsonDocument.Parse((await RunAsync(_other, "whois", user, "--json")).Out).RootElement;

    private static void CopyKeys(TestCli from, TestCli to, string suffix)
    {
        foreach (var name in (string[])["rsa-message", "rsa-message.pub", "rsa-sign", "rsa-sign.pub"])
        {
            SecureFolder.Make(to.NesFolder);
            AtomicFile.Write(to.PathOf($"alice-{name}{suffix}"), File.ReadAllBytes(from.PathOf($"alice-{name}")), FileKeyStore.IsSecret(name) ? FileModes.Private : FileModes.Public);
        }
    }

    /// <summary>Something that happens by itself soon: a job of the directory that its clock has just called.</summary>
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await condition()) limit.Token.ThrowIfCancellationRequested();
    }
}
