using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NesActors.Contracts.Crypto;

namespace NesActors.Contracts;

/// <summary>
/// 60 digits that two people see alike exactly where each has the other's true keys. Made as Signal makes its numeric fingerprints (libsignal, <c>fingerprint.rs</c>): for each of both, 5,200
/// rounds of SHA-512 over version, keys and name, of which six groups of five digits are taken; the smaller half stands first. The keys stand in it by their <see cref="Fingerprint"/>, which a suite
/// makes of all that identifies the person.
/// </summary>
/// <param name="Digits">60 decimal digits.</param>
public readonly record struct SafetyNumber(string Digits)
{
    /// <summary>How many digits there are.</summary>
    public const int Length = 60;

    private const int Rounds = 5200, Groups = 6, GroupBytes = 5, GroupDigits = 5;
    private const short Version = 0;

    /// <summary>The number of two people; who is named first makes no difference.</summary>
    public static SafetyNumber Of(Username one, Fingerprint keysOfOne, Username other, Fingerprint keysOfOther)
    {
        var (a, b) = (Half(one.Value, Convert.FromHexString(keysOfOne.Value)), Half(other.Value, Convert.FromHexString(keysOfOther.Value)));
        return new SafetyNumber(string.CompareOrdinal(a, b) <= 0 ? a + b : b + a);
    }

    /// <summary>Reads a number as a person typed it, or a scanner read it: blanks and line breaks may stand anywhere.</summary>
    public static bool TryParse(string? text, out SafetyNumber number)
    {
        var digits = string.Concat((text ?? "").Where(character => !char.IsWhiteSpace(character)));
        number = new SafetyNumber(digits);
        return digits.Length == Length && digits.All(char.IsAsciiDigit);
    }

    /// <summary>In twelve groups of five digits, to be read aloud.</summary>
    public string ToGroups() => string.Join(' ', Digits.Chunk(GroupDigits).Select(group => new string(group)));

    /// <inheritdoc/>
    public override string ToString() => Digits;

    /// <summary>Half of the number: 30 digits that stand for one person.</summary>
    internal static string Half(string name, ReadOnlySpan<byte> key)
    {
        Span<byte> version = stackalloc byte[sizeof(short)];
        BinaryPrimitives.WriteInt16BigEndian(version, Version);
        byte[] hash = [.. version, .. key, .. Encoding.UTF8.GetBytes(name)];
        for (var round = 0; round < Rounds; round++) hash = SHA512.HashData([.. hash, .. key]);
        return string.Concat(Enumerable.Range(0, Groups).Select(group => Group(hash.AsSpan(group * GroupBytes, GroupBytes))));
    }

    private static string Group(ReadOnlySpan<byte> bytes)
    {
        var value = ((ulong)bytes[0] << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        return (value % 100_000).ToString("D5", CultureInfo.InvariantCulture);
    }
}
