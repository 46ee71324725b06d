using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes;
using NesActors.Crypto.Tests.Rsa;
using NesActors.Testing;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.RsaAes;

/// <summary>Keys of suite "nes1" in stores and records: their names, and which are refused.</summary>
public sealed class KeyHygieneTests
{
    private static readonly Username Amy = VectorUser.Amy.Username;
    private readonly RsaAesSuite _suite = new();

    [Fact]
    public void New_keys_are_four_entries_as_the_original_has_four_files()
    {
        var store = new MemoryKeyStore();
        var progress = new List<string>();

        _suite.GenerateKeys(Amy, store, new KeyGenerationOptions(Progress: new ListProgress(progress)), CancellationToken.None);

        Assert.Equal(["rsa-message", "rsa-message.pub", "rsa-sign", "rsa-sign.pub"], store.Names);
        Assert.Equal([true, false, true, false], store.Names.Select(store.IsSecret));
        Assert.StartsWith("-----BEGIN RSA PRIVATE KEY-----\n", Encoding.ASCII.GetString(store.Read("rsa-sign")!), StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----\n", Encoding.ASCII.GetString(store.Read("rsa-sign.pub")!), StringComparison.Ordinal);
        Assert.Equal(["making the message key, RSA of 2048 bits", "making the sign key, RSA of 2048 bits"], progress);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(2047)]
    [InlineData(16384)]
    public void Keys_of_another_size_are_not_made(int size)
    {
        var store = new MemoryKeyStore();

        Assert.Throws<ArgumentOutOfRangeException>(() => _suite.GenerateKeys(Amy, store, new KeyGenerationOptions(size), CancellationToken.None));
        Assert.Empty(store.Names);
    }

    [Theory]
    [InlineData("rsa-message")]
    [InlineData("rsa-sign")]
    public void A_missing_key_is_named(string entry)
    {
        var store = VectorUser.Amy.KeyStore();
        store.Erase(entry);

        var thrown = Assert.Throws<KeyException>(() => _suite.LoadIdentity(Amy, store, TimeProvider.System));

        Assert.Equal($"The key {entry} is missing.", thrown.Message);
    }

    [Fact]
    public void The_public_halves_need_not_be_there()
    {
        var store = VectorUser.Amy.KeyStore();
        store.Erase("rsa-message.pub");
        store.Erase("rsa-sign.pub");

        using var identity = _suite.LoadIdentity(Amy, store, TimeProvider.System);

        Assert.Equal(VectorUser.Amy.PublicRecord.Entries, identity.PublicRecord.Entries);
    }

    [Fact]
    public void A_public_half_of_another_key_is_an_error()
    {
        var store = VectorUser.Amy.KeyStore();
        store.Write("rsa-sign.pub", Encoding.ASCII.GetBytes(VectorUser.Ben.PublicSignPem), isSecret: false);

        var thrown = Assert.Throws<KeyException>(() => _suite.LoadIdentity(Amy, store, TimeProvider.System));

        Assert.Equal("The key rsa-sign.pub is not the public half of rsa-sign.", thrown.Message);
    }

    [Fact]
    public void A_key_that_serves_for_both_is_refused()
    {
        var store = VectorUser.Amy.KeyStore();
        store.Write("rsa-sign", store.Read("rsa-message"), isSecret: true);
        store.Write("rsa-sign.pub", store.Read("rsa-message.pub"), isSecret: false);

        Assert.Throws<KeyException>(() => _suite.LoadIdentity(Amy, store, TimeProvider.System));
        Assert.Throws<KeyException>(() => ReadPeer(VectorUser.Amy.PublicMessagePem, VectorUser.Amy.PublicMessagePem));
    }

    [Fact]
    public void A_weak_public_key_is_named_with_what_is_wrong()
    {
        var thrown = Assert.Throws<KeyException>(() => ReadPeer(VectorUser.Amy.PublicMessagePem, TestKeys.PublicPem(TestKeys.Modulus(512), 65537)));

        Assert.Equal("The public_key_sign of amy cannot be used. An RSA key of 512 bits; 2048 to 8192 are accepted.", thrown.Message);
    }

    [Fact]
    public void The_fingerprint_depends_on_both_keys_and_on_nothing_else()
    {
        var (one, two, three) = (VectorUser.Amy.PublicMessagePem, VectorUser.Amy.PublicSignPem, VectorUser.Ben.PublicSignPem);

        using var usual = ReadPeer(one, two);
        using var respelled = ReadPeer(one.ReplaceLineEndings("\r\n"), "\n" + two);
        using var swapped = ReadPeer(two, one);
        using var otherSign = ReadPeer(one, three);
        using var otherMessage = ReadPeer(three, two);

        Assert.Equal(usual.Fingerprint, respelled.Fingerprint);
        Assert.Equal(4, new[] { usual, swapped, otherSign, otherMessage }.Select(peer => peer.Fingerprint).Distinct().Count());
        Assert.Equal("6d514310aa133ae2b4628691cb3380e087d6ddc56388e11ffffa450b7c05f3da", usual.Fingerprint.Value);
    }

    private IPeerIdentity ReadPeer(string messagePem, string signPem) => _suite.ReadPeer(new PublicRecord(Amy, new Dictionary<string, string>
    {
        [PublicRecord.MessageKey] = messagePem,
        [PublicRecord.SignKey] = signPem,
    }));

    private sealed class ListProgress(List<string> lines) : IProgress<string>
    {
        public void Report(string value) => lines.Add(value);
    }
}
