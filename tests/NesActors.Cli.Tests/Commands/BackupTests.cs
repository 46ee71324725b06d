using NesActors.Cli.Tests.Support;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Contacts;
using NesActors.Core.Keys;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Storage.State;

namespace NesActors.Cli.Tests.Commands;

public sealed class BackupTests : IAsyncLifetime
{
    private const string Passphrase = "correct horse battery staple";

    private readonly TestCli _here = new();
    private readonly TestCli _elsewhere = new();
    private string _file = "";

    public async Task InitializeAsync()
    {
        _file = Path.Combine(_here.Home, "alice.backup");
        _here.Variables["NES_PASSPHRASE"] = _elsewhere.Variables["NES_PASSPHRASE"] = Passphrase;
        Assert.Equal(ExitCode.Done, (await _here.RunAsync("generate", "-q")).Code);
    }

    public Task DisposeAsync()
    {
        _here.Dispose();
        _elsewhere.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_identity_comes_back_elsewhere_with_its_keys_and_pins()
    {
        await PinAsync(_here, "bob", "aa");
        AtomicFile.Write(_here.PathOf("alice-revocation"), "a statement"u8, FileModes.Private);

        Assert.Equal(ExitCode.Done, (await _here.RunAsync("backup", "--out", _file)).Code);
        _elsewhere.SystemUser = "somebody";
        var restored = await _elsewhere.RunAsync("restore", _file);

        Assert.Equal((ExitCode.Done, ""), (restored.Code, restored.Error));
        foreach (var name in (string[])["alice-rsa-message", "alice-rsa-message.pub", "alice-rsa-sign", "alice-rsa-sign.pub", "alice-revocation"])
            Assert.Equal(await File.ReadAllBytesAsync(_here.PathOf(name)), await File.ReadAllBytesAsync(_elsewhere.PathOf(name)));
        Assert.Equal("aa", PinOf(_elsewhere, "bob"));
    }

    [UnixFact]
    public async Task What_it_writes_is_for_the_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        await PinAsync(_here, "bob", "aa");
        await _here.RunAsync("backup", "-q", "--out", _file);
        await _elsewhere.RunAsync("restore", "-q", _file);

        Assert.Equal(FileModes.Private, File.GetUnixFileMode(_file));
        Assert.Equal(FileModes.Private, File.GetUnixFileMode(_elsewhere.PathOf("alice-rsa-sign")));
        Assert.Equal(FileModes.Folder, File.GetUnixFileMode(_elsewhere.PathOf("alice.state")));
        Assert.Equal(FileModes.Private, File.GetUnixFileMode(_elsewhere.PathOf("alice.state/state.db")));
    }

    [Fact]
    public async Task The_file_shows_neither_a_key_nor_a_contact()
    {
        await PinAsync(_here, "bob-the-secret", "aa");
        await _here.RunAsync("backup", "-q", "--out", _file);

        var text = await File.ReadAllTextAsync(_file, System.Text.Encoding.Latin1);
        Assert.DoesNotContain("PRIVATE KEY", text, StringComparison.Ordinal);
        Assert.DoesNotContain("bob-the-secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_passphrase_restores_nothing()
    {
        await _here.RunAsync("backup", "-q", "--out", _file);
        _elsewhere.Variables["NES_PASSPHRASE"] = "correct horse battery stable";

        var result = await _elsewhere.RunAsync("restore", _file);

        Assert.Equal(ExitCode.Untrusted, result.Code);
        Assert.Contains("passphrase", result.OneErrorLine, StringComparison.Ordinal);
        Assert.False(System.IO.Directory.Exists(_elsewhere.NesFolder));
    }

    [Fact]
    public async Task Keys_that_are_there_are_replaced_only_when_forced_and_a_state_is_kept_under_another_name()
    {
        await PinAsync(_here, "bob", "aa");
        await _here.RunAsync("backup", "-q", "--out", _file);
        await _elsewhere.RunAsync("generate", "-q");
        await PinAsync(_elsewhere, "bob", "bb");
        var key = await File.ReadAllTextAsync(_elsewhere.PathOf("alice-rsa-sign"));

        var refused = await _elsewhere.RunAsync("restore", _file);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("--force", refused.OneErrorLine, StringComparison.Ordinal);
        Assert.Equal(key, await File.ReadAllTextAsync(_elsewhere.PathOf("alice-rsa-sign")));
        Assert.Equal("bb", PinOf(_elsewhere, "bob"));

        Assert.Equal(ExitCode.Done, (await _elsewhere.RunAsync("restore", "--force", _file)).Code);
        Assert.NotEqual(key, await File.ReadAllTextAsync(_elsewhere.PathOf("alice-rsa-sign")));
        Assert.Equal("aa", PinOf(_elsewhere, "bob"));
        var before = Assert.Single(System.IO.Directory.EnumerateDirectories(_elsewhere.NesFolder, "alice.state.before-*"));
        Assert.True(File.Exists(Path.Combine(before, "state.db")));
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_replaced()
    {
        await File.WriteAllTextAsync(_file, "precious");

        var result = await _here.RunAsync("backup", "--out", _file);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Equal("precious", await File.ReadAllTextAsync(_file));
    }

    [Fact]
    public async Task Keys_that_are_missing_are_no_backup()
    {
        var result = await _elsewhere.RunAsync("backup", "--out", _file);

        Assert.Equal(ExitCode.NotFound, result.Code);
        Assert.Contains("nes generate", result.OneErrorLine, StringComparison.Ordinal);
        Assert.False(File.Exists(_file));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    public async Task A_passphrase_that_anybody_guesses_protects_nothing(string passphrase)
    {
        _here.Variables["NES_PASSPHRASE"] = passphrase;

        var result = await _here.RunAsync("backup", "--out", _file);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.False(File.Exists(_file));
    }

    [Fact]
    public async Task Says_where_a_passphrase_may_come_from_when_there_is_nobody_to_ask()
    {
        _here.Variables.Remove("NES_PASSPHRASE");

        var result = await _here.RunAsync("backup", "--out", _file);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("--backup-passphrase-fd", result.OneErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passphrase_may_come_by_standard_input()
    {
        _here.Variables.Remove("NES_PASSPHRASE");

        var made = await _here.RunWithInputAsync($"{Passphrase}\nmore\n", CancellationToken.None, "backup", "-q", "--out", _file, "--passphrase-fd", "0");
        var restored = await _elsewhere.RunAsync("restore", "-q", _file);

        Assert.Equal((ExitCode.Done, ExitCode.Done), (made.Code, restored.Code));
    }

    [Fact]
    public async Task A_backup_of_somebody_else_than_the_person_names_is_refused()
    {
        await _here.RunAsync("backup", "-q", "--out", _file);

        var result = await _elsewhere.RunAsync("restore", "-u", "bob", _file);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains("alice", result.OneErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no backup at all")]
    [InlineData("")]
    public async Task Says_that_a_file_is_no_backup(string content)
    {
        await File.WriteAllTextAsync(_file, content);

        var result = await _elsewhere.RunAsync("restore", _file);

        Assert.Equal(ExitCode.Untrusted, result.Code);
        Assert.Contains("no backup", result.OneErrorLine, StringComparison.Ordinal);
    }

    private static async Task PinAsync(TestCli cli, string user, string fingerprint)
    {
        await using var store = SqliteMessageStore.Open(cli.PathOf("alice.state"), cli.Clock);
        await store.SeeKeysAsync(Username.Parse(user), new ShownKeys(new Fingerprint(fingerprint), Vouching.Plain), default);
    }

    private static string? PinOf(TestCli cli, string user)
    {
        using var state = new StateStore(cli.PathOf("alice.state"), cli.Clock);
        return state.PinnedOf(Username.Parse(user))?.Value;
    }
}
