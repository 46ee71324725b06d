using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Crypto.Tests.Toy;

/// <summary>A test fixture, NOT FOR USE: see README.md beside it. ECDSA P-256 identities, ECDH P-256 prekeys of a day, AES-256-GCM.</summary>
internal sealed class ToySuite : ICryptoSuite
{
    public const string IdentityEntry = "toy-identity";
    public const string PublicIdentity = "toy_identity";
    public const string PublicPrekey = "toy_prekey";

    public string Id => "toy1";

    public void GenerateKeys(Username user, IKeyStore keys, KeyGenerationOptions options, CancellationToken cancellation)
    {
        if (options.SizeInBits is not (null or 256)) throw new ArgumentOutOfRangeException(nameof(options), "The toy has 256 bits.");
        cancellation.ThrowIfCancellationRequested();
        options.Progress?.Report("making the identity key");
        using var identity = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        keys.Write(IdentityEntry, identity.ExportPkcs8PrivateKey(), isSecret: true);
    }

    public ILocalIdentity LoadIdentity(Username user, IKeyStore keys, TimeProvider clock)
    {
        var pkcs8 = keys.Read(IdentityEntry) ?? throw new KeyException($"The key {IdentityEntry} is missing.");
        var identity = ECDsa.Create();
        try
        {
            identity.ImportPkcs8PrivateKey(pkcs8, out _);
            return new ToyIdentity(user, identity, new ToyPrekeys(keys, clock), clock);
        }
        catch (CryptographicException e)
        {
            identity.Dispose();
            throw new KeyException($"The key {IdentityEntry} cannot be used.", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }

    public IPeerIdentity ReadPeer(PublicRecord record) => ToyPeer.Read(record);
}
