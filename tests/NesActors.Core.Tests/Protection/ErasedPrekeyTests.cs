using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts.Crypto;
using NesActors.Core.Protection;
using NesActors.Crypto.Nes2;
using NesActors.Testing.Vectors;

namespace NesActors.Core.Tests.Protection;

/// <summary>What a passphrase protects is as gone as a file when it is erased: neither it nor the sealed bytes that held it are left.</summary>
public sealed class ErasedPrekeyTests : IDisposable
{
    private const string Prekey = "nes2-prekey-0";

    private readonly ProtectedIdentity _amy = new();
    private readonly FakeTimeProvider _clock = new(FrameVectors.Now);

    public void Dispose() => _amy.Dispose();

    [Fact]
    public void An_erased_prekey_is_in_no_file_of_a_protected_identity()
    {
        using var keyring = _amy.MakeKeyring();
        var keys = new KeyringKeyStore(keyring, _amy.Files);
        var user = VectorUser.Amy;
        foreach (var name in user.KeyStore().Names) keys.Write(name, user.KeyStore().Read(name), isSecret: !name.EndsWith(".pub", StringComparison.Ordinal));
        var suite = new Nes2Suite();
        suite.GenerateKeys(user.Username, keys, new KeyGenerationOptions(), default);
        using var identity = suite.LoadIdentity(user.Username, keys, _clock);
        _ = identity.PublicRecord;
        // Version, not-before and expires stand before the secret half.
        var secret = keys.Read(Prekey)![17..49];
        var sealedBefore = File.ReadAllBytes(_amy.Files.PathOf(Keyring.Entry))[^64..];
        Assert.True(Anywhere(sealedBefore));

        _clock.Advance(TimeSpan.FromDays(45));
        _ = identity.PublicRecord;

        using var again = Keyring.Open(_amy.Files, ProtectedIdentity.Passphrase);
        Assert.All(again.Names, name => Assert.Equal(-1, again.Read(name)!.AsSpan().IndexOf(secret)));
        Assert.False(Anywhere(secret));
        Assert.False(Anywhere(sealedBefore));
    }

    private bool Anywhere(byte[] bytes) => Directory.EnumerateFiles(Path.GetDirectoryName(_amy.Files.PathOf(Keyring.Entry))!, "*", SearchOption.AllDirectories)
        .Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(bytes) >= 0);
}
