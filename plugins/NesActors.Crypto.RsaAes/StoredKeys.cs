using System.Security.Cryptography;
using System.Text;
using NesActors.Contracts.Crypto;
using NesActors.Rsa;
using NesActors.Rsa.Engines;

namespace NesActors.Crypto.RsaAes;

/// <summary>
/// The four entries of a key store: two private keys in PKCS#1 PEM, and beside each its public half in SPKI PEM, as the original's four files. A fifth may
/// hold the message key before the last change, for what was sent to it and is still under way.
/// </summary>
internal static class StoredKeys
{
    public const string Message = "rsa-message";
    public const string PreviousMessage = "rsa-message-previous";
    public const string Sign = "rsa-sign";
    private const string PublicSuffix = ".pub";

    public static IReadOnlyList<string> Names { get; } = [Message, Message + PublicSuffix, Sign, Sign + PublicSuffix, PreviousMessage];

    public static void Write(IKeyStore keys, string name, RsaPrivateKey key)
    {
        var pem = key.ExportPkcs1Pem();
        try
        {
            keys.Write(name, pem, isSecret: true);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
        keys.Write(name + PublicSuffix, Encoding.ASCII.GetBytes(key.PublicKey.ToPem()), isSecret: false);
    }

    public static RsaPrivateKey Read(IKeyStore keys, string name, IRsaEngine engine) =>
        TryRead(keys, name, engine) ?? throw new KeyException($"The key {name} is missing.");

    public static RsaPrivateKey? TryRead(IKeyStore keys, string name, IRsaEngine engine)
    {
        if (keys.Read(name) is not { } pem) return null;
        try
        {
            var key = RsaPrivateKey.FromPem(pem, engine);
            CheckPublicHalf(keys, name, key);
            return key;
        }
        catch (CryptographicException e)
        {
            throw new KeyException($"The key {name} cannot be used. {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    // The private key is enough to work with. A public half beside it that is another's would be registered by other programs, and
    // nobody could write to this user: better said now.
    private static void CheckPublicHalf(IKeyStore keys, string name, RsaPrivateKey key)
    {
        if (keys.Read(name + PublicSuffix) is not { } pem) return;
        var text = Encoding.ASCII.GetString(pem);
        if (text.AsSpan().Trim().SequenceEqual(key.PublicKey.ToPem().AsSpan().Trim()) || IsSameKey(text, key)) return;
        key.Dispose();
        throw new KeyException($"The key {name}{PublicSuffix} is not the public half of {name}.");
    }

    private static bool IsSameKey(string pem, RsaPrivateKey key)
    {
        try
        {
            using var found = RsaPublicKey.FromPem(pem);
            return found.ExportSpki().AsSpan().SequenceEqual(key.PublicKey.ExportSpki());
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
