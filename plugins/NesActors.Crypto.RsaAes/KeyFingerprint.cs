using System.Buffers.Binary;
using System.Security.Cryptography;
using NesActors.Contracts.Crypto;
using NesActors.Rsa;

namespace NesActors.Crypto.RsaAes;

/// <summary>What stands for a pair of keys: SHA-256 of a domain, then each key's SubjectPublicKeyInfo after its length (four bytes, big-endian).</summary>
internal static class KeyFingerprint
{
    private static ReadOnlySpan<byte> Domain => "nes1 fingerprint: message key, sign key"u8;

    /// <exception cref="KeyException">Both are the same key: what was signed could be had decrypted, and the other way round.</exception>
    public static Fingerprint Of(RsaPublicKey messageKey, RsaPublicKey signKey)
    {
        var message = messageKey.ExportSpki();
        var sign = signKey.ExportSpki();
        if (message.AsSpan().SequenceEqual(sign)) throw new KeyException("The message key and the sign key are the same key.");

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Domain);
        Append(hash, message);
        Append(hash, sign);
        return new Fingerprint(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> spki)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, spki.Length);
        hash.AppendData(length);
        hash.AppendData(spki);
    }
}
