using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace NesActors.Rsa;

/// <summary>Which keys are good enough, and one kind of error for all that are not.</summary>
internal static class KeyRules
{
    public const int MinBits = 2048;
    public const int MaxBits = 8192;
    public const int MinExponent = 65537;

    public const string SizesToGenerate = "An RSA key has 2048 to 8192 bits, in steps of 64.";

    public static bool CanGenerate(int sizeInBits) => sizeInBits is >= MinBits and <= MaxBits && sizeInBits % 64 == 0;

    /// <summary>Checks what an engine must be able to rely on.</summary>
    /// <returns>The length of the modulus in bits.</returns>
    public static int Check(in RSAParameters parameters)
    {
        ReadOnlySpan<byte> modulus = parameters.Modulus.AsSpan().TrimStart((byte)0);
        var bits = modulus.IsEmpty ? 0 : modulus.Length * 8 - BitOperations.LeadingZeroCount(modulus[0]) + 24;
        if (bits is < MinBits or > MaxBits) throw new CryptographicException($"An RSA key of {bits} bits; {MinBits} to {MaxBits} are accepted.");
        if ((modulus[^1] & 1) == 0) throw new CryptographicException("The modulus of the RSA key is even.");
        CheckExponent(parameters.Exponent.AsSpan().TrimStart((byte)0));
        return bits;
    }

    /// <summary>Runs what reads a key, and turns whatever the platform throws for a bad one into one kind of exception with a reason for people.</summary>
    public static T Guard<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (CryptographicException or OutOfMemoryException))
        {
            throw new CryptographicException($"This is no {what} that can be used.", e);
        }
    }

    // At most 31 bits, as in Go: a longer one makes each verification as slow as its sender likes.
    private static void CheckExponent(ReadOnlySpan<byte> exponent)
    {
        if (exponent.Length > 4) throw new CryptographicException("The exponent of the RSA key is longer than 31 bits.");
        Span<byte> padded = stackalloc byte[4];
        padded.Clear();
        exponent.CopyTo(padded[(4 - exponent.Length)..]);
        var value = BinaryPrimitives.ReadUInt32BigEndian(padded);
        if (value > int.MaxValue) throw new CryptographicException("The exponent of the RSA key is longer than 31 bits.");
        if (value < MinExponent || value % 2 == 0)
            throw new CryptographicException($"The exponent of the RSA key is {value}; an odd one from {MinExponent} is needed.");
    }
}
