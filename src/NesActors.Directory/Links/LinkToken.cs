using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace NesActors.Directory.Links;

/// <summary>The secret of a link: 32 random bytes, base64url in the link, kept as their SHA-256 alone.</summary>
internal static class LinkToken
{
    private const int Length = 32;

    /// <summary>A new token, and what is stored of it.</summary>
    public static (string Text, byte[] Hash) Create()
    {
        var token = RandomNumberGenerator.GetBytes(Length);
        return (Base64Url.EncodeToString(token), SHA256.HashData(token));
    }

    /// <summary>What would be stored of a token that somebody sent; null where it is none.</summary>
    public static byte[]? Hash(string text)
    {
        Span<byte> token = stackalloc byte[Length];
        var status = Base64Url.DecodeFromChars(text, token, out var read, out var written);
        return status == OperationStatus.Done && read == text.Length && written == Length ? SHA256.HashData(token) : null;
    }

    /// <summary>Compares in constant time. What was never stored equals nothing.</summary>
    public static bool Matches(byte[]? stored, byte[] hash) => stored is not null && CryptographicOperations.FixedTimeEquals(stored, hash);
}
