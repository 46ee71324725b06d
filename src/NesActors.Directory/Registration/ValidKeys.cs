using System.Security.Cryptography;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Registration;

/// <summary>The two public keys of a user, checked. They are PEM as the original writes it, each with a line break at its end.</summary>
internal sealed record ValidKeys(string Message, string Sign, KeyDigests Digests)
{
    /// <summary>Checks in the order of the original.</summary>
    /// <returns>The keys, or why there are none.</returns>
    public static (ValidKeys? Keys, string? Refusal) Check(string? messageKey, string? signKey)
    {
        if (messageKey is null || signKey is null) return (null, Refusal.Key);
        if (messageKey == signKey) return (null, Refusal.IdenticalKeys);
        try
        {
            using var message = RsaPublicKey.FromPem(messageKey);
            using var sign = RsaPublicKey.FromPem(signKey);
            var digests = KeyDigests.Of(message, sign);
            return digests.Message == digests.Sign ? (null, Refusal.IdenticalKeys) : (new ValidKeys(message.ToPem(), sign.ToPem(), digests), null);
        }
        catch (CryptographicException)
        {
            return (null, Refusal.Key);
        }
    }

    /// <summary>Whether the owner of the sign key signed a statement.</summary>
    public bool Signed(byte[] statement, byte[] signature) => Signed(Sign, statement, signature);

    /// <summary>Whether the owner of a sign key, PEM that was checked, signed a statement.</summary>
    public static bool Signed(string signKey, byte[] statement, byte[] signature)
    {
        using var key = RsaPublicKey.FromPem(signKey);
        return key.VerifyPss(statement, signature);
    }

    /// <summary>The hash of a key, PEM that was checked.</summary>
    public static Digest Hash(string pem)
    {
        using var key = RsaPublicKey.FromPem(pem);
        return Digest.Of(key);
    }
}
