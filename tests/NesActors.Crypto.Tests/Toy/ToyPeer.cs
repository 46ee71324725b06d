using System.Buffers.Binary;
using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Crypto.Tests.Toy;

/// <summary>Somebody's identity key and newest prekey (NOT FOR USE: a test fixture).</summary>
internal sealed class ToyPeer : IPeerIdentity
{
    private const int HeadLength = 16;
    private const int SignatureLength = 64;
    private readonly ECDsa _identity;

    private ToyPeer(Username user, ECDsa identity, byte[] signedPrekey)
    {
        User = user;
        _identity = identity;
        Fingerprint = FingerprintOf(identity);
        var prekey = signedPrekey.AsSpan(0, signedPrekey.Length - SignatureLength);
        PrekeyId = BinaryPrimitives.ReadUInt64BigEndian(prekey);
        UsableUntil = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(prekey[8..]));
        Prekey = ECDiffieHellman.Create();
        Prekey.ImportSubjectPublicKeyInfo(prekey[HeadLength..], out _);
    }

    public Username User { get; }

    public Fingerprint Fingerprint { get; }

    public DateTimeOffset? UsableUntil { get; }

    public ulong PrekeyId { get; }

    public ECDiffieHellman Prekey { get; }

    public static Fingerprint FingerprintOf(ECDsa identity) => new(Convert.ToHexStringLower(SHA256.HashData(identity.ExportSubjectPublicKeyInfo())));

    public static byte[] SignPrekey(ECDsa identity, ToyPrekey prekey)
    {
        var spki = prekey.PublicKey();
        var signed = new byte[HeadLength + spki.Length];
        BinaryPrimitives.WriteUInt64BigEndian(signed, prekey.Id);
        BinaryPrimitives.WriteInt64BigEndian(signed.AsSpan(8), prekey.Until.ToUnixTimeMilliseconds());
        spki.CopyTo(signed, HeadLength);
        return [.. signed, .. identity.SignData(signed, HashAlgorithmName.SHA256)];
    }

    public static ToyPeer Read(PublicRecord record)
    {
        var identity = ECDsa.Create();
        try
        {
            identity.ImportSubjectPublicKeyInfo(Entry(record, ToySuite.PublicIdentity), out _);
            var signedPrekey = Entry(record, ToySuite.PublicPrekey);
            if (signedPrekey.Length <= HeadLength + SignatureLength
                || !identity.VerifyData(signedPrekey.AsSpan(..^SignatureLength), signedPrekey.AsSpan(^SignatureLength..), HashAlgorithmName.SHA256))
            {
                throw new KeyException($"The prekey of {record.User} is not signed by them.");
            }
            return new ToyPeer(record.User, identity, signedPrekey);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException or NotSupportedException)
        {
            identity.Dispose();
            throw new KeyException($"The keys of {record.User} cannot be used.", e);
        }
    }

    public bool Verify(byte[] data, byte[] signature)
    {
        lock (_identity) return _identity.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }

    public void Dispose()
    {
        _identity.Dispose();
        Prekey.Dispose();
    }

    private static byte[] Entry(PublicRecord record, string name) =>
        record.Entries.TryGetValue(name, out var value) ? Convert.FromBase64String(value) : throw new KeyException($"The record of {record.User} has no {name}.");
}
