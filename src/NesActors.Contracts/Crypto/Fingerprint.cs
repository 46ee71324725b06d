using System.Diagnostics.CodeAnalysis;

namespace NesActors.Contracts.Crypto;

/// <summary>A short value that stands for somebody's public keys: it changes when they do, and only then.</summary>
/// <param name="Value">SHA-256 over what identifies the person in the suite, as 64 lower-case hexadecimal digits.</param>
public readonly record struct Fingerprint(string Value)
{
    /// <summary>How many digits there are.</summary>
    public const int Length = 64;

    /// <summary>Reads a fingerprint as a person typed it, or a file holds it: blanks may stand anywhere, and letters be of either case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Fingerprint fingerprint)
    {
        var digits = string.Concat((text ?? "").Where(character => !char.IsWhiteSpace(character)).Select(char.ToLowerInvariant));
        fingerprint = new Fingerprint(digits);
        return digits.Length == Length && digits.All(char.IsAsciiHexDigitLower);
    }

    /// <summary>In groups of four digits, to be read aloud.</summary>
    public string ToGroups() => string.Join(' ', Value.Chunk(4).Select(group => new string(group)));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
