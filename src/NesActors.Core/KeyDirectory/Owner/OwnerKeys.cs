using System.Security.Cryptography;
using NesActors.Contracts.Crypto;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>The keys with which an owner signs what a directory is asked for.</summary>
public static class OwnerKeys
{
    /// <summary>The entry of a key store with the private sign key, as the original names its file.</summary>
    public const string SignKey = "rsa-sign";

    /// <summary>Reads the private sign key; what was read is overwritten. The caller disposes the key.</summary>
    /// <returns><see langword="null"/> where there is none.</returns>
    /// <exception cref="KeyException">It may not be read, or is none.</exception>
    public static RsaPrivateKey? ReadSignKey(IKeyStore keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Read(SignKey) is not { } pem) return null;
        try
        {
            return RsaPrivateKey.FromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new KeyException($"The private sign key cannot be used: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    /// <summary>The hashes that stand for the keys of a record in what is signed.</summary>
    /// <exception cref="KeyException">A key is missing, or none.</exception>
    public static KeyDigests DigestsOf(PublicRecord keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return new KeyDigests(DigestOf(keys, PublicRecord.MessageKey), DigestOf(keys, PublicRecord.SignKey));
    }

    private static Digest DigestOf(PublicRecord keys, string name)
    {
        if (!keys.Entries.TryGetValue(name, out var pem)) throw new KeyException($"The record of {keys.User} has no {name}.");
        try
        {
            using var key = RsaPublicKey.FromPem(pem);
            return Digest.Of(key);
        }
        catch (CryptographicException e)
        {
            throw new KeyException($"The {name} of {keys.User} cannot be used: {e.Message}", e);
        }
    }
}
