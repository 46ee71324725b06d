using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace NesActors.Crypto.Tests.Rsa;

/// <summary>Keys that no program would make, written by hand.</summary>
internal static class TestKeys
{
    private const string RsaOid = "1.2.840.113549.1.1.1";

    /// <summary>An odd number of just that many bits; no product of two primes.</summary>
    public static byte[] Modulus(int bits)
    {
        var number = BigInteger.One << (bits - 1) | 0x1234567 | 1;
        return number.ToByteArray(isUnsigned: true, isBigEndian: true);
    }

    public static byte[] EvenModulus(int bits)
    {
        var modulus = Modulus(bits);
        modulus[^1] &= 0xFE;
        return modulus;
    }

    public static string PublicPem(byte[] modulus, long exponent) => PemEncoding.WriteString("PUBLIC KEY", Spki(modulus, exponent));

    public static string PublicPemWithTrailingBytes() => PemEncoding.WriteString("PUBLIC KEY", [.. Spki(Modulus(2048), 65537), 0]);

    public static string EllipticPublicPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    private static byte[] Spki(byte[] modulus, long exponent)
    {
        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteInteger(new BigInteger(modulus, isUnsigned: true, isBigEndian: true));
            key.WriteInteger(exponent);
        }
        var spki = new AsnWriter(AsnEncodingRules.DER);
        using (spki.PushSequence())
        {
            using (spki.PushSequence())
            {
                spki.WriteObjectIdentifier(RsaOid);
                spki.WriteNull();
            }
            spki.WriteBitString(key.Encode());
        }
        return spki.Encode();
    }
}
