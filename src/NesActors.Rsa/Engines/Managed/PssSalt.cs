using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace NesActors.Rsa.Engines.Managed;

/// <summary>
/// BouncyCastle's verifier must be told the length of the salt. It stands in the signature: under the mask, the salt follows zeroes and one
/// 01 (RFC 8017, 9.1.2, steps 5 to 10). Here it is only looked up; whether the signature holds is BouncyCastle's to say.
/// </summary>
internal static class PssSalt
{
    private const int HashLength = 32;

    /// <summary>The length in bytes; <see langword="null"/> where this cannot be a signature.</summary>
    public static int? FindLength(RsaKeyParameters key, byte[] signature)
    {
        if (RawRsa.Apply(new RsaEngine(), key, signature) is not { } recovered) return null;
        var bits = key.Modulus.BitLength - 1;
        var length = (bits + 7) / 8;
        var encoded = recovered.AsSpan();
        // A modulus of 8n + 1 bits: the encoded message is a byte shorter than the signature.
        if (encoded[..^length].ContainsAnyExcept((byte)0)) return null;
        encoded = encoded[^length..];

        var block = encoded[..(length - HashLength - 1)];
        var mask = new byte[block.Length];
        var generator = new Mgf1BytesGenerator(new Sha256Digest());
        generator.Init(new MgfParameters(encoded.Slice(block.Length, HashLength).ToArray()));
        generator.GenerateBytes(mask, 0, mask.Length);
        for (var i = 0; i < block.Length; i++) block[i] ^= mask[i];
        block[0] &= (byte)(0xFF >> (length * 8 - bits));

        var one = block.IndexOfAnyExcept((byte)0);
        return one >= 0 && block[one] == 1 ? block.Length - one - 1 : null;
    }
}
