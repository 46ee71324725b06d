using System.Text;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Protection;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Tests.Protection;

public sealed class IdentityProtectionTests : IDisposable
{
    private const string Text = "the key is under the mat";
    private static readonly Username Amy = Username.Parse("amy");
    private static readonly Username Bob = Username.Parse("bob");
    private readonly FakeTimeProvider _clock = new();
    private readonly ProtectedIdentity _amy = new();

    public IdentityProtectionTests() => _amy.WriteFiles();

    /// <summary>After how many steps it is broken off; more than there are, so that the last ones run whole.</summary>
    public static TheoryData<int> Steps { get; } = [.. Enumerable.Range(0, 8)];

    public void Dispose() => _amy.Dispose();

    [Fact]
    public async Task What_is_protected_lies_nowhere_in_the_clear_and_comes_back_as_it_was()
    {
        await SayAsync(null);
        var dataKey = Convert.ToHexString(await File.ReadAllBytesAsync(StoreKeyFile.PathIn(_amy.StateFolder)))[2..];

        Protect();

        Assert.Empty(_amy.Protection().InTheClear);
        AssertNowhere(Text, "BEGIN rsa-sign---", "BEGIN rsa-message---", "BEGIN rsa-message-previous");
        Assert.DoesNotContain(dataKey, Everything(Convert.ToHexString), StringComparison.Ordinal);
        await AssertUsableAsync();

        using (var keyring = Open()) _amy.Protection().Unprotect(keyring);

        Assert.False(Keyring.IsThere(_amy.Files));
        Assert.All(ProtectedIdentity.Entries, name => Assert.Equal(ProtectedIdentity.ContentOf(name), _amy.Files.Read(name)));
        await AssertUsableAsync();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Protecting_that_is_broken_off_leaves_an_identity_that_can_be_used_and_be_finished(int steps)
    {
        await SayAsync(null);

        BreakOff(steps, protection => protection.Protect(ProtectedIdentity.Passphrase, ProtectedIdentity.Cheap));

        await AssertUsableAsync();
        if (!Keyring.IsThere(_amy.Files)) Protect();
        using (var keyring = Open()) _amy.Protection().Finish(keyring);
        Assert.Empty(_amy.Protection().InTheClear);
        await AssertUsableAsync();
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Unprotecting_that_is_broken_off_leaves_an_identity_that_can_be_used_and_be_finished_either_way(int steps)
    {
        await SayAsync(null);
        Protect();

        BreakOff(steps, protection =>
        {
            using var keyring = Open();
            protection.Unprotect(keyring);
        });

        await AssertUsableAsync();
        if (!Keyring.IsThere(_amy.Files)) return;
        using (var keyring = Open())
        {
            _amy.Protection().Finish(keyring);
            Assert.Empty(_amy.Protection().InTheClear);
            _amy.Protection().Unprotect(keyring);
        }
        await AssertUsableAsync();
    }

    [Fact]
    public void A_file_that_an_erasing_left_as_zeros_is_removed_when_it_is_finished()
    {
        Protect();
        _amy.Files.Write("rsa-sign", new byte[1700], isSecret: true);

        using (var keyring = Open()) _amy.Protection().Finish(keyring);

        Assert.False(File.Exists(_amy.Files.PathOf("rsa-sign")));
    }

    [Fact]
    public void Another_key_in_a_file_is_neither_erased_nor_overwritten()
    {
        Protect();
        _amy.Files.Write("rsa-sign", "of another time"u8, isSecret: true);
        using var keyring = Open();

        Assert.Contains("another key", Assert.Throws<KeyException>(() => _amy.Protection().Finish(keyring)).Message, StringComparison.Ordinal);
        Assert.Throws<KeyException>(() => _amy.Protection().Unprotect(keyring));

        Assert.Equal("of another time"u8.ToArray(), _amy.Files.Read("rsa-sign"));
        Assert.True(Keyring.IsThere(_amy.Files));
    }

    [Fact]
    public void Refuses_a_link_for_what_it_leads_to_would_stay()
    {
        if (OperatingSystem.IsWindows()) return;
        var elsewhere = Path.Combine(Path.GetDirectoryName(_amy.KeyringFile)!, "elsewhere");
        File.Move(_amy.Files.PathOf("rsa-sign"), elsewhere);
        File.CreateSymbolicLink(_amy.Files.PathOf("rsa-sign"), elsewhere);

        Assert.Contains("symbolic link", Assert.Throws<KeyException>(Protect).Message, StringComparison.Ordinal);
        Assert.False(Keyring.IsThere(_amy.Files));
    }

    [Fact]
    public async Task A_store_that_is_made_under_a_keyring_is_wrapped_from_its_beginning()
    {
        Protect();
        using (var keyring = Open()) await SayAsync(keyring.StoreWrap);

        Assert.False(StoreKeyFile.IsInTheClear(_amy.StateFolder));
        AssertNowhere(Text);
        await AssertUsableAsync();
    }

    [Fact]
    public async Task A_change_of_passphrase_touches_neither_the_store_nor_its_key()
    {
        await SayAsync(null);
        Protect();
        var before = StateFiles();

        using (var keyring = Open()) keyring.ChangePassphrase("another one altogether"u8, ProtectedIdentity.Cheap);

        Assert.Equal(before, StateFiles());
        using var reopened = Keyring.Open(_amy.Files, "another one altogether"u8);
        Assert.Equal([Text], await TextsAsync(reopened.StoreWrap));
    }

    [Fact]
    public async Task A_store_says_that_its_keyring_is_missing_or_another()
    {
        await SayAsync(null);
        Protect();

        var missing = await Assert.ThrowsAsync<StateException>(() => TextsAsync(null));
        Assert.Contains("there is none beside your keys", missing.Message, StringComparison.Ordinal);
        using var other = new KeyringContent().Wrap();
        var another = await Assert.ThrowsAsync<StateException>(() => TextsAsync(other));
        Assert.Contains("by another keyring", another.Message, StringComparison.Ordinal);
    }

    private void Protect() => _amy.Protection().Protect(ProtectedIdentity.Passphrase, ProtectedIdentity.Cheap);

    private Keyring Open() => Keyring.Open(_amy.Files, ProtectedIdentity.Passphrase);

    private void BreakOff(int steps, Action<IdentityProtection> run)
    {
        try
        {
            run(_amy.Protection(new Breaking(steps)));
        }
        catch (BrokenOffException)
        {
            // As a process that was killed: what it had done is on the disk.
        }
    }

    /// <summary>As a command would at its start: by the keyring where there is one, else by the files.</summary>
    private async Task AssertUsableAsync()
    {
        using var keyring = Keyring.IsThere(_amy.Files) ? Open() : null;
        IKeyStore keys = keyring is null ? _amy.Files : new KeyringKeyStore(keyring, _amy.Files);
        Assert.All(ProtectedIdentity.Entries, name => Assert.Equal(ProtectedIdentity.ContentOf(name), keys.Read(name)));
        Assert.Equal([Text], await TextsAsync(keyring?.StoreWrap));
    }

    private async Task SayAsync(KeyWrap? wrap)
    {
        await using var store = Store(wrap);
        await store.QueueAsync(MessageId.New(_clock), new Message(Amy, Bob, _clock.GetUtcNow(), Text), default);
    }

    private async Task<IEnumerable<string>> TextsAsync(KeyWrap? wrap)
    {
        await using var store = Store(wrap);
        return (await store.HistoryAsync(Bob, null, null, 10, default)).Select(message => message.Text);
    }

    private SqliteMessageStore Store(KeyWrap? wrap) => SqliteMessageStore.Open(_amy.StateFolder, _clock, new MessageStoreOptions { KeyWrap = wrap });

    private Dictionary<string, string> StateFiles() =>
        System.IO.Directory.GetFiles(_amy.StateFolder).ToDictionary(file => Path.GetFileName(file)!, file => Convert.ToHexString(File.ReadAllBytes(file)));

    private void AssertNowhere(params string[] secrets) => Assert.All(secrets, secret => Assert.DoesNotContain(secret, Everything(Encoding.Latin1.GetString), StringComparison.Ordinal));

    private string Everything(Func<byte[], string> toText) =>
        string.Join('\n', System.IO.Directory.GetFiles(Path.GetDirectoryName(_amy.KeyringFile)!, "*", SearchOption.AllDirectories).Select(file => toText(File.ReadAllBytes(file))));

    private sealed class BrokenOffException : Exception;

    private sealed class Breaking(int steps) : IProgress<string>
    {
        private int _left = steps;

        public void Report(string value)
        {
            if (_left-- == 0) throw new BrokenOffException();
        }
    }
}
