using System.Security.Cryptography;
using Geralt;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace Sample.Suite;

/// <summary>
/// A suite to read and to change, NOT FOR USE: nobody has reviewed it, and its keys are never renewed. Ed25519 signs, X25519 with a key for each frame agrees on a key, and
/// XChaCha20-Poly1305 seals.
/// </summary>
public sealed class SampleSuite : ICryptoSuite
{
    private const string PrivateEntry = "sample1-seeds", PublicEntry = "statement-sample1.pub";

    public string Id => "sample1";

    public IReadOnlyList<string> KeyEntries { get; } = [PrivateEntry, PublicEntry];

    /// <summary>The size means nothing here: there is one.</summary>
    public void GenerateKeys(Username user, IKeyStore keys, KeyGenerationOptions options, CancellationToken cancellation)
    {
        options.Progress?.Report("making keys of suite sample1, which is not for use");
        cancellation.ThrowIfCancellationRequested();
        var seeds = RandomNumberGenerator.GetBytes(Ed25519.SeedSize + X25519.SeedSize);
        using var identity = new SampleIdentity(user, seeds);
        keys.Write(PrivateEntry, seeds, isSecret: true);
        keys.Write(PublicEntry, System.Text.Encoding.ASCII.GetBytes(identity.Statement), isSecret: false);
        CryptographicOperations.ZeroMemory(seeds);
    }

    public ILocalIdentity LoadIdentity(Username user, IKeyStore keys, TimeProvider clock)
    {
        var seeds = keys.Read(PrivateEntry) ?? throw new KeyException($"The key {PrivateEntry} is missing.");
        if (seeds.Length != Ed25519.SeedSize + X25519.SeedSize) throw new KeyException($"The key {PrivateEntry} is damaged.");
        var identity = new SampleIdentity(user, seeds);
        CryptographicOperations.ZeroMemory(seeds);
        return identity;
    }

    public IPeerIdentity ReadPeer(PublicRecord record) => new SamplePeer(record);
}
