using System.Diagnostics.CodeAnalysis;

namespace NesActors.Contracts.Crypto;

/// <summary>A short value that stands for somebody's public keys: it changes when they do, and only then.</summary>
/// <param name="Value">SHA-256 over what identifies the person in the suite, as 64 lower-case hexadecimal digits.</param>
public readonly record struct Fingerprint(string Value)
{
    /// <summary>How many digits there are.</summary>
    public const int Length = 64;

    /// <summary>The fewest digits by which a person may name keys: fewer could be found by trying keys until they begin alike.</summary>
    public const int MinTyped = 16;

    /// <summary>Reads a fingerprint as a person typed it, or a file holds it: blanks may stand anywhere, and letters be of either case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Fingerprint fingerprint)
    {
        fingerprint = new Fingerprint(ReadTyped(text) ?? "");
        return fingerprint.Value.Length == Length;
    }

    /// <summary>Reads the first digits of a fingerprint, or all, as a person typed them: blanks may stand anywhere, and letters be of either case.</summary>
    /// <returns>What <see cref="Value"/> begins with; <see langword="null"/> where they are too few, too many, or no digits.</returns>
    public static string? ReadTyped(string? text)
    {
        var digits = string.Concat((text ?? "").Where(character => !char.IsWhiteSpace(character)).Select(char.ToLowerInvariant));
        return digits.Length is >= MinTyped and <= Length && digits.All(char.IsAsciiHexDigitLower) ? digits : null;
    }

    /// <summary>In groups of four digits, to be read aloud.</summary>
    public string ToGroups() => string.Join(' ', Value.Chunk(4).Select(group => new string(group)));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
