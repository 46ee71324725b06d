using System.Security.Cryptography;
using NesActors.Contracts.Crypto;

namespace NesActors.Crypto.Nes2.Statements;

/// <summary>What stands for a person: SHA-256 of a domain, the Ed25519 identity, and the RSA sign key (SubjectPublicKeyInfo) after its length. No prekey is in it.</summary>
internal static class Nes2Fingerprint
{
    public static Fingerprint Of(ReadOnlySpan<byte> identity, ReadOnlySpan<byte> signKeySpki) =>
        new(Convert.ToHexStringLower(SHA256.HashData(new ByteWriter().Bytes(Domains.Fingerprint).Bytes(identity).Lp(signKeySpki).Written)));
}
