using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Rsa;
using NesActors.Rsa.Engines;

namespace NesActors.Crypto.RsaAes;

/// <summary>Somebody's two public keys. They hold until the directory has others.</summary>
internal sealed class RsaAesPeer : IPeerIdentity
{
    private RsaAesPeer(Username user, RsaPublicKey messageKey, RsaPublicKey signKey)
    {
        User = user;
        MessageKey = messageKey;
        SignKey = signKey;
        Fingerprint = KeyFingerprint.Of(messageKey, signKey);
    }

    public Username User { get; }

    public Fingerprint Fingerprint { get; }

    public DateTimeOffset? UsableUntil => null;

    /// <summary>Encrypts to the user.</summary>
    public RsaPublicKey MessageKey { get; }

    /// <summary>Verifies what the user signed.</summary>
    public RsaPublicKey SignKey { get; }

    public static RsaAesPeer Read(PublicRecord record, IRsaEngine engine)
    {
        var message = ReadKey(record, PublicRecord.MessageKey, engine);
        try
        {
            return new RsaAesPeer(record.User, message, ReadKey(record, PublicRecord.SignKey, engine));
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        MessageKey.Dispose();
        SignKey.Dispose();
    }

    private static RsaPublicKey ReadKey(PublicRecord record, string entry, IRsaEngine engine)
    {
        if (!record.Entries.TryGetValue(entry, out var pem) || pem is null) throw new KeyException($"The record of {record.User} has no {entry}.");
        try
        {
            return RsaPublicKey.FromPem(pem, engine);
        }
        catch (CryptographicException e)
        {
            throw new KeyException($"The {entry} of {record.User} cannot be used. {e.Message}", e);
        }
    }
}
