using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace NesActors.Rsa;

/// <summary>
/// The decoding of EME-PKCS1-v1_5 (RFC 8017, 7.2.2) for a message whose length is known: <c>00 02 PS 00 M</c>. Without a branch or an index
/// that depends on the content, so that Bleichenbacher's attack has nothing to measure. As the length is known, so is every
/// position, and there is nothing to search for.
/// </summary>
internal static class Pkcs1Padding
{
    /// <summary>Bytes that the padding takes at least.</summary>
    public const int Overhead = 11;

    /// <summary>Copies the message, or as many random bytes where the padding is wrong or the message has another length.</summary>
    /// <returns>−1 where the message was copied, 0 where it is random.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static int Decode(ReadOnlySpan<byte> padded, Span<byte> message)
    {
        var start = padded.Length - message.Length;
        var wrong = padded[0] | (padded[1] ^ 2) | padded[start - 1];
        for (var i = 2; i < start - 1; i++) wrong |= IsZero(padded[i]);
        var mask = -IsZero(wrong);

        RandomNumberGenerator.Fill(message);
        for (var i = 0; i < message.Length; i++)
            message[i] = (byte)((padded[start + i] & mask) | (message[i] & ~mask));
        return mask;
    }

    // 1 for 0, else 0; the value is not negative.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static int IsZero(int value) => (int)((uint)(value - 1) >> 31);
}
