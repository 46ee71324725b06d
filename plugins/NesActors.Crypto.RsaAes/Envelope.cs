using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace NesActors.Crypto.RsaAes;

/// <summary>AES-256-CBC with PKCS#7 padding (RFC 5652, 6.3) under a secret of 48 bytes: the key (32), then the IV (16).</summary>
internal static class Envelope
{
    public const int SecretLength = KeyLength + BlockLength;
    private const int KeyLength = 32;
    private const int BlockLength = 16;

    public static byte[] Encrypt(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> plaintext)
    {
        using var aes = Aes.Create();
        aes.SetKey(secret[..KeyLength]);
        return aes.EncryptCbc(plaintext, secret[KeyLength..], PaddingMode.PKCS7);
    }

    public static bool HasWholeBlocks(ReadOnlySpan<byte> ciphertext) => !ciphertext.IsEmpty && ciphertext.Length % BlockLength == 0;

    /// <summary>Decrypts whole blocks, at least one.</summary>
    /// <param name="secret">The key and the IV.</param>
    /// <param name="ciphertext">What <see cref="HasWholeBlocks"/> lets pass.</param>
    /// <param name="plaintext">Without the padding; with all that was decrypted where the padding is wrong.</param>
    /// <returns>−1 where the padding is right, else 0.</returns>
    public static int Decrypt(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> ciphertext, out ReadOnlyMemory<byte> plaintext)
    {
        using var aes = Aes.Create();
        aes.SetKey(secret[..KeyLength]);
        var padded = aes.DecryptCbc(ciphertext, secret[KeyLength..], PaddingMode.None);
        var mask = CheckPadding(padded.AsSpan(padded.Length - BlockLength));
        plaintext = padded.AsMemory(0, padded.Length - (padded[^1] & mask));
        return mask;
    }

    /// <summary>Whether the block ends in n bytes of the value n, 1 to 16. No branch and no index depends on the content.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static int CheckPadding(ReadOnlySpan<byte> lastBlock)
    {
        int count = lastBlock[BlockLength - 1];
        var wrong = (count - 1 | BlockLength - count) >> 31;
        for (var i = 1; i <= BlockLength; i++)
        {
            var isPadding = ~(count - i >> 31);
            wrong |= isPadding & (lastBlock[BlockLength - i] ^ count);
        }
        // 0 becomes −1, all else (of a byte's size, or negative) becomes 0.
        return ~((wrong | -wrong) >> 31);
    }
}
