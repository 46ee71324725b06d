using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NesActors.FrontEnd.Rest.Access;

/// <summary>The secret of a token: <c>nes_</c> and 256 random bits in base64url. As much entropy needs no slow hash: what is kept of it is its SHA-256.</summary>
internal static class TokenSecret
{
    public const string Prefix = "nes_";

    private const int SecretBytes = 32, MaxLength = 64;

    /// <summary>A new one.</summary>
    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What is kept of it; <see langword="null"/> where the text can be no secret.</summary>
    public static TokenHash? HashOf(string text) => text.Length <= MaxLength && text.StartsWith(Prefix, StringComparison.Ordinal)
        ? new TokenHash(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))))
        : null;
}

/// <summary>The SHA-256 of a secret. Looking for one among others tells by its time nothing about secrets that would help to find one.</summary>
/// <param name="Hex">In hexadecimal.</param>
internal readonly record struct TokenHash(string Hex);
