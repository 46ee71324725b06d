using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;

namespace NesActors.Rsa.Engines.Managed;

/// <summary>BouncyCastle's RSA without a padding.</summary>
internal static class RawRsa
{
    /// <summary>
    /// Runs the key's operation on a block as long as the modulus. It is asked for as "encryption" whichever key it is: that keeps the zeroes
    /// in front, where "decryption" cuts them off, so that time and length would tell how many there are.
    /// </summary>
    /// <returns>The result, as long as the modulus; <see langword="null"/> for a number not below the modulus, and for the few that RSA leaves as they are (0, 1).</returns>
    public static byte[]? Apply(IAsymmetricBlockCipher engine, RsaKeyParameters key, byte[] block)
    {
        engine.Init(true, key);
        try
        {
            return engine.ProcessBlock(block, 0, block.Length);
        }
        catch (DataLengthException)
        {
            return null;
        }
    }
}
