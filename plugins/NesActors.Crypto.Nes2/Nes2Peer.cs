using System.Security.Cryptography;
using Geralt;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2.Frames;
using NesActors.Crypto.Nes2.Keys;
using NesActors.Crypto.Nes2.Statements;
using NesActors.Rsa;

namespace NesActors.Crypto.Nes2;

/// <summary>Somebody's verified statement: an identity that verifies, and a prekey to seal to until it expires.</summary>
internal sealed class Nes2Peer : IPeerIdentity
{
    private readonly Statement _statement;

    private Nes2Peer(Statement statement, Fingerprint fingerprint)
    {
        _statement = statement;
        Fingerprint = fingerprint;
        Recipient = Recipient.Of(statement.DirectoryId, statement.User, fingerprint);
        Kid = FrameLayout.KidOf(statement.Prekey.Key);
    }

    public Username User => _statement.User;

    public Fingerprint Fingerprint { get; }

    public DateTimeOffset? UsableUntil => _statement.Prekey.Expires;

    SuiteStatement? IPeerIdentity.Statement => new(Revision, _statement.Suites);

    /// <summary>Grows with each statement of the user.</summary>
    public long Revision => _statement.Revision;

    /// <summary>Whether its owner can be sealed to; who cannot, has taken the suite back.</summary>
    public bool TakesThisSuite => _statement.Suites.Contains(Nes2Suite.Name);

    /// <summary>From when on it may be sealed to.</summary>
    public DateTimeOffset UsableFrom => _statement.Prekey.NotBefore;

    public Recipient Recipient { get; }

    public ulong Kid { get; }

    public byte[] Prekey => _statement.Prekey.Key;

    /// <summary>
    /// Reads a record that may be an attacker's, in one order: the RSA sign key → the statement's form → its user → its directory → the RSA key that it names → the prekey's life → the identity's
    /// signature → the prekey's → the RSA key's → a trial encapsulation. Whether the suite is taken, and whether the prekey has expired, is asked when something is sealed to it: what its owner sent can be
    /// verified long after.
    /// </summary>
    /// <exception cref="KeyException">One of these is not so.</exception>
    public static Nes2Peer Read(PublicRecord record)
    {
        using var signKey = ReadSignKey(record);
        var spki = signKey.ExportSpki();
        if (!record.Entries.TryGetValue(Nes2Suite.StatementEntry, out var text) || text is null) throw Wrong(record, "is not there: they do not use suite nes2, or the directory does not carry it");
        var signed = Statement.TryRead(text) ?? throw Wrong(record, "has no form that is known");
        var statement = signed.Statement;
        if (statement.User != record.User) throw Wrong(record, $"is that of {statement.User}");
        if (IsOfAnother(record.Directory, statement.DirectoryId)) throw Wrong(record, "is for another key directory than the one that it came from");
        if (!statement.SignKeyHash.AsSpan().SequenceEqual(Statement.HashOfSignKey(spki))) throw Wrong(record, "names another RSA sign key than the record");
        var prekey = statement.Prekey;
        if (prekey.Expires <= prekey.NotBefore || prekey.Expires - prekey.NotBefore > Keys.Prekey.Lifetime) throw Wrong(record, "has a prekey of a life that is not allowed");
        if (!Ed25519.Verify(signed.Signature, signed.Signed, statement.Identity)) throw Wrong(record, "is not signed by its identity");
        if (!Ed25519.Verify(prekey.Signature, PublicPrekey.Signed(statement.User, prekey.NotBefore, prekey.Expires, prekey.Key), statement.Identity)) throw Wrong(record, "has a prekey that is not signed by its identity");
        if (!signKey.VerifyPss(Statement.CrossSigned(signed.Signed), signed.CrossSignature)) throw Wrong(record, "is not signed by the RSA sign key of the record");
        if (!CanBeSealedTo(prekey.Key)) throw Wrong(record, "has a prekey that is weak or none");
        return new Nes2Peer(statement, Nes2Fingerprint.Of(statement.Identity, spki));
    }

    /// <summary>libsodium refuses identities of small order and signatures that are not canonical.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => Ed25519.Verify(signature, data, _statement.Identity);

    public void Dispose() { }

    private static RsaPublicKey ReadSignKey(PublicRecord record)
    {
        if (!record.Entries.TryGetValue(PublicRecord.SignKey, out var pem) || pem is null) throw new KeyException($"The record of {record.User} has no {PublicRecord.SignKey}.");
        try
        {
            return RsaPublicKey.FromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new KeyException($"The {PublicRecord.SignKey} of {record.User} cannot be used. {e.Message}", e);
        }
    }

    // Refuses what ML-KEM's check of encapsulation keys refuses (FIPS 203, 7.2), and points of small order in its X25519 half.
    private static bool CanBeSealedTo(byte[] key)
    {
        Span<byte> secret = stackalloc byte[XWing.SharedSecretSize];
        try
        {
            XWing.Encapsulate(secret, stackalloc byte[XWing.CiphertextSize], key);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    // Where one of the two is not known, it is not another: a folder and a message have no id to tell, and an earlier version of ours writes none into statements.
    private static bool IsOfAnother(DirectoryId? from, byte[] named) =>
        from is { } directory && named.Length > 0 && !named.AsSpan().SequenceEqual(Convert.FromHexString(directory.Value));

    private static KeyException Wrong(PublicRecord record, string how) => new($"The statement for suite nes2 of {record.User} {how}.");
}
