using System.Text;
using NesActors.Cli.Tests.Support;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Storage.Sqlite;

namespace NesActors.Cli.Tests.Commands.AtRest;

/// <summary>Backups from and to protected identities.</summary>
public sealed class ProtectedBackupTests : IAsyncLifetime
{
    private const string Passphrase = "correct horse battery staple";
    private const string BackupPassphrase = "of the backup alone";
    private const string Text = "the key is under the mat";

    private readonly TestCli _here = new();
    private readonly TestCli _elsewhere = new();
    private string _file = "";
    private byte[] _signKey = [];

    public async Task InitializeAsync()
    {
        _file = Path.Combine(_here.Home, "alice.backup");
        _here.Variables["NES_PASSPHRASE"] = Passphrase;
        _here.Variables["NES_BACKUP_PASSPHRASE"] = _elsewhere.Variables["NES_BACKUP_PASSPHRASE"] = BackupPassphrase;
        Assert.Equal(ExitCode.Done, (await _here.RunAsync("generate", "-q")).Code);
        _signKey = await File.ReadAllBytesAsync(_here.PathOf("alice-rsa-sign"));
        await using (var store = SqliteMessageStore.Open(_here.PathOf("alice.state"), _here.Clock))
        {
            var message = new Message(Username.Parse("alice"), Username.Parse("bob"), _here.Clock.GetUtcNow(), Text);
            await store.QueueAsync(MessageId.New(_here.Clock), message, default);
        }
        Assert.Equal(ExitCode.Done, (await _here.RunAsync("keys", "protect", "-q")).Code);
        Assert.Equal(ExitCode.Done, (await _here.RunAsync("backup", "-q", "--out", _file)).Code);
    }

    public Task DisposeAsync()
    {
        _here.Dispose();
        _elsewhere.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Comes_back_unprotected_with_its_messages_and_says_so()
    {
        var restored = await _elsewhere.RunAsync("restore", _file);

        Assert.Equal((ExitCode.Done, ""), (restored.Code, restored.Error));
        Assert.Contains("No passphrase protects the keys here", restored.Out, StringComparison.Ordinal);
        Assert.Equal(_signKey, await File.ReadAllBytesAsync(_elsewhere.PathOf("alice-rsa-sign")));
        Assert.Contains(Text, (await _elsewhere.RunAsync("history", "bob")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comes_back_protected_where_that_is_asked_for()
    {
        Assert.Equal(ExitCode.Done, (await _elsewhere.RunAsync("restore", "--protect", _file)).Code);

        foreach (var file in System.IO.Directory.GetFiles(_elsewhere.NesFolder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("PRIVATE KEY", await File.ReadAllTextAsync(file, Encoding.Latin1), StringComparison.Ordinal);
        Assert.Equal(2, (await File.ReadAllBytesAsync(_elsewhere.PathOf("alice.state/store.key")))[0]);
        _elsewhere.Variables["NES_PASSPHRASE"] = BackupPassphrase;
        Assert.Contains(Text, (await _elsewhere.RunAsync("history", "bob")).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await _elsewhere.RunAsync("keys", "unprotect", "-q")).Code);
        Assert.Equal(_signKey, await File.ReadAllBytesAsync(_elsewhere.PathOf("alice-rsa-sign")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Takes_the_place_of_a_protected_identity_only_when_forced(bool protect)
    {
        string[] options = protect ? ["--protect"] : [];
        _here.Variables.Remove("NES_PASSPHRASE");
        File.Delete(_here.PathOf("alice-rsa-message.pub"));
        File.Delete(_here.PathOf("alice-rsa-sign.pub"));
        File.Delete(_here.PathOf("alice-statement-nes2.pub"));
        var refused = await _here.RunAsync(["restore", _file, .. options]);
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains("alice-keyring", refused.OneErrorLine, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, (await _here.RunAsync(["restore", "--force", _file, .. options])).Code);

        Assert.Equal(protect, File.Exists(_here.PathOf("alice-keyring")));
        if (protect) _here.Variables["NES_PASSPHRASE"] = BackupPassphrase;
        Assert.Contains(Text, (await _here.RunAsync("history", "bob")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_identity_s_passphrase_does_not_open_the_backup_that_has_another()
    {
        _elsewhere.Variables["NES_BACKUP_PASSPHRASE"] = Passphrase;

        Assert.Equal(ExitCode.Untrusted, (await _elsewhere.RunAsync("restore", _file)).Code);
    }
}
