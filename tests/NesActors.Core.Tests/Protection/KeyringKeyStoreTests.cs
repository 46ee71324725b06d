using NesActors.Contracts.Crypto;
using NesActors.Core.Keys;
using NesActors.Core.Protection;

namespace NesActors.Core.Tests.Protection;

public sealed class KeyringKeyStoreTests : IDisposable
{
    private readonly ProtectedIdentity _amy = new();
    private readonly Keyring _keyring;

    public KeyringKeyStoreTests() => _keyring = _amy.MakeKeyring();

    public void Dispose()
    {
        _keyring.Dispose();
        _amy.Dispose();
    }

    [Fact]
    public void Private_keys_go_into_the_keyring_and_no_file()
    {
        var keys = Store();
        keys.Write("rsa-message", "a key"u8, isSecret: true);

        Assert.Equal("a key"u8.ToArray(), keys.Read("rsa-message"));
        Assert.False(File.Exists(_amy.Files.PathOf("rsa-message")));
        using var again = Keyring.Open(_amy.Files, ProtectedIdentity.Passphrase);
        Assert.Equal("a key"u8.ToArray(), again.Read("rsa-message"));
    }

    [Fact]
    public void Public_halves_and_the_revocation_go_into_files()
    {
        var keys = Store();
        keys.Write("rsa-sign.pub", "public"u8, isSecret: false);
        keys.Write("revocation", "statement"u8, isSecret: true);

        Assert.Equal("public"u8.ToArray(), _amy.Files.Read("rsa-sign.pub"));
        Assert.Equal("statement"u8.ToArray(), _amy.Files.Read("revocation"));
        Assert.Equal(["rsa-sign"], _keyring.Names);
    }

    [Fact]
    public void The_keyring_s_key_counts_and_not_one_that_an_erasing_left_in_a_file()
    {
        _amy.Files.Write("rsa-sign", new byte[1700], isSecret: true);

        Assert.Equal(ProtectedIdentity.ContentOf("rsa-sign"), Store().Read("rsa-sign"));
    }

    [Fact]
    public void An_entry_that_nobody_took_in_is_read_where_it_is_and_erased_there()
    {
        _amy.Files.Write("prekeys", "of another suite"u8, isSecret: true);

        Assert.Equal("of another suite"u8.ToArray(), Store().Read("prekeys"));
        Store().Erase("prekeys");
        Assert.Null(Store().Read("prekeys"));
    }

    [Fact]
    public void Keeps_a_key_that_is_there_where_it_is_to_be_kept()
    {
        var keys = new KeyringKeyStore(_keyring, _amy.Files, keepExisting: true);

        Assert.Contains("There is a key already", Assert.Throws<KeyException>(() => keys.Write("rsa-sign", "new"u8, isSecret: true)).Message, StringComparison.Ordinal);
        Assert.Equal(ProtectedIdentity.ContentOf("rsa-sign"), keys.Read("rsa-sign"));
    }

    [Fact]
    public void What_is_read_is_a_copy()
    {
        var keys = Store();
        keys.Read("rsa-sign")!.AsSpan().Clear();

        Assert.Equal(ProtectedIdentity.ContentOf("rsa-sign"), keys.Read("rsa-sign"));
    }

    private KeyringKeyStore Store() => new(_keyring, _amy.Files);
}
