using System.Buffers.Binary;
using System.Text;
using NesActors.Contracts.Crypto;
using NesActors.Core.Keys;
using NesActors.Core.Protection;

namespace NesActors.Core.Tests.Protection;

public sealed class KeyringTests : IDisposable
{
    private static readonly int MagicLength = SealedKind.Keyring.Magic.Length;
    private readonly ProtectedIdentity _amy = new();

    public void Dispose() => _amy.Dispose();

    [Fact]
    public void Opens_with_its_passphrase_and_holds_what_was_put_into_it()
    {
        using (var made = _amy.MakeKeyring()) made.Write("rsa-message", "a key"u8);

        using var keyring = Open();

        Assert.Equal(["rsa-message", "rsa-sign"], keyring.Names);
        Assert.Equal("a key"u8.ToArray(), keyring.Read("rsa-message"));
        Assert.Equal(ProtectedIdentity.ContentOf("rsa-sign"), keyring.Read("rsa-sign"));
        Assert.Null(keyring.Read("rsa-message-previous"));
    }

    [Fact]
    public void What_is_erased_is_not_there_at_the_next_opening()
    {
        using (var made = _amy.MakeKeyring()) made.Erase("rsa-sign");

        using var keyring = Open();

        Assert.Empty(keyring.Names);
    }

    [Fact]
    public void The_file_shows_no_key_and_is_the_owner_s_alone()
    {
        _amy.MakeKeyring().Dispose();

        Assert.DoesNotContain("BEGIN", File.ReadAllText(_amy.KeyringFile, Encoding.Latin1), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(FileModes.Private, File.GetUnixFileMode(_amy.KeyringFile));
    }

    [Fact]
    public void Refuses_a_file_that_others_can_read()
    {
        if (OperatingSystem.IsWindows()) return;
        _amy.MakeKeyring().Dispose();
        File.SetUnixFileMode(_amy.KeyringFile, FileModes.Public);

        Assert.Contains("nes doctor --fix", Assert.Throws<KeyException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_passphrase_is_an_error_that_says_so_and_holds_no_secret()
    {
        _amy.MakeKeyring().Dispose();

        var error = Assert.Throws<KeyException>(() => Keyring.Open(_amy.Files, "a guess of somebody"u8));

        Assert.Contains("the passphrase is another", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a guess", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_bit_anywhere_opens_nothing()
    {
        _amy.MakeKeyring().Dispose();
        var whole = File.ReadAllBytes(_amy.KeyringFile);
        for (var at = 0; at < whole.Length; at++)
        {
            // The cost's higher bytes only make it dear, or refused: that is the next test.
            if (at >= MagicLength && at < MagicLength + 8) continue;
            Put(whole, at, (byte)(whole[at] ^ 1));
            Assert.Throws<KeyException>(Open);
        }
    }

    [Theory]
    [InlineData(0, 7u)]
    [InlineData(0, 0u)]
    [InlineData(0, (1u << 20) + 1)]
    [InlineData(0, uint.MaxValue)]
    [InlineData(4, 0u)]
    [InlineData(4, 17u)]
    [InlineData(4, uint.MaxValue)]
    public void Does_not_do_whatever_work_a_file_asks_for(int at, uint value)
    {
        _amy.MakeKeyring().Dispose();
        var greedy = File.ReadAllBytes(_amy.KeyringFile);
        BinaryPrimitives.WriteUInt32BigEndian(greedy.AsSpan(MagicLength + at), value);
        _amy.Files.Write(Keyring.Entry, greedy, isSecret: true);

        Assert.Contains("asks for more work", Assert.Throws<KeyException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_cut_off_is_an_error_whatever_its_length()
    {
        _amy.MakeKeyring().Dispose();
        var whole = File.ReadAllBytes(_amy.KeyringFile);
        for (var length = 0; length < whole.Length; length++)
        {
            _amy.Files.Write(Keyring.Entry, whole.AsSpan(0, length), isSecret: true);
            Assert.Throws<KeyException>(Open);
        }
    }

    [Fact]
    public void A_file_of_a_newer_program_is_named_as_one()
    {
        _amy.MakeKeyring().Dispose();
        Put(File.ReadAllBytes(_amy.KeyringFile), MagicLength - 1, 2);

        Assert.Contains("newer program", Assert.Throws<KeyException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backup_is_no_keyring_although_it_has_the_same_passphrase()
    {
        using (var seal = PassphraseSeal.Make(SealedKind.Backup, ProtectedIdentity.Passphrase, ProtectedIdentity.Cheap))
            _amy.Files.Write(Keyring.Entry, seal.Seal(new byte[40]), isSecret: true);

        Assert.Contains("no keyring", Assert.Throws<KeyException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_passphrase_leaves_what_it_holds_and_wraps()
    {
        byte[] wrapped;
        using (var made = _amy.MakeKeyring())
        {
            wrapped = made.StoreWrap.Wrap("test"u8, "data key"u8);
            made.ChangePassphrase("another one altogether"u8, ProtectedIdentity.Cheap);
            made.Write("rsa-message", "later"u8);
        }

        Assert.Throws<KeyException>(Open);
        using var keyring = Keyring.Open(_amy.Files, "another one altogether"u8);
        Assert.Equal("data key"u8.ToArray(), keyring.StoreWrap.Unwrap("test"u8, wrapped));
        Assert.Equal(["rsa-message", "rsa-sign"], keyring.Names);
    }

    [Fact]
    public void Two_that_change_it_at_once_do_not_lose_each_other_s_keys()
    {
        using var first = _amy.MakeKeyring();
        using var second = Open();
        first.Write("rsa-message", "of the first"u8);

        Assert.Contains("Another program", Assert.Throws<KeyException>(() => second.Write("rsa-message-previous", "of the second"u8)).Message, StringComparison.Ordinal);

        using var keyring = Open();
        Assert.Equal(["rsa-message", "rsa-sign"], keyring.Names);
    }

    [Fact]
    public void A_wrap_opens_for_its_purpose_alone_and_under_its_own_keyring()
    {
        using var keyring = _amy.MakeKeyring();
        using var other = new KeyringContent().Wrap();
        var wrapped = keyring.StoreWrap.Wrap("test"u8, "data key"u8);

        Assert.Null(keyring.StoreWrap.Unwrap("other"u8, wrapped));
        Assert.Null(other.Unwrap("test"u8, wrapped));
        for (var length = 0; length < wrapped.Length; length++) Assert.Null(keyring.StoreWrap.Unwrap("test"u8, wrapped.AsSpan(0, length)));
    }

    [Fact]
    public void One_that_was_disposed_shows_nothing_more()
    {
        var keyring = _amy.MakeKeyring();
        keyring.Dispose();

        Assert.Throws<ObjectDisposedException>(() => keyring.Read("rsa-sign"));
        Assert.Throws<ObjectDisposedException>(() => keyring.Write("rsa-sign", "x"u8));
        Assert.Throws<ObjectDisposedException>(() => keyring.StoreWrap.Wrap("test"u8, "x"u8));
    }

    [Fact]
    public void Says_nothing_of_its_content_as_text()
    {
        using var keyring = _amy.MakeKeyring();

        Assert.Equal(typeof(Keyring).FullName, keyring.ToString());
        Assert.Equal(typeof(KeyWrap).FullName, keyring.StoreWrap.ToString());
    }

    private Keyring Open() => Keyring.Open(_amy.Files, ProtectedIdentity.Passphrase);

    private void Put(byte[] whole, int at, byte value)
    {
        var changed = whole.ToArray();
        changed[at] = value;
        _amy.Files.Write(Keyring.Entry, changed, isSecret: true);
    }
}
