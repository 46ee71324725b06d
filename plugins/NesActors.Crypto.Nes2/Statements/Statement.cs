using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Geralt;
using NesActors.Contracts;
using NesActors.Crypto.Nes2.Frames;

namespace NesActors.Crypto.Nes2.Statements;

/// <summary>
/// What a user says of the own keys, signed by the identity and by the RSA sign key:
/// <c>domain | lp(user) | lp(directory id) | revision i64 | count u8, lp(suite)… | identity[32] | SHA-256(RSA sign key) | not-before i64 | expires i64 | prekey[1216] | prekey's signature[64]</c>,
/// then the identity's signature[64] over all that, then <c>lp(RSA-PSS signature)</c> over a domain and the same. As text: base64url without padding.
/// </summary>
internal sealed record Statement(Username User, byte[] DirectoryId, long Revision, IReadOnlyList<string> Suites, byte[] Identity, byte[] SignKeyHash, PublicPrekey Prekey)
{
    /// <summary>The longest text: with an RSA key of 8,192 bits, a name of 32 characters and eight suites.</summary>
    public const int MaxText = 6 * 1024;

    /// <summary>The longest id of a directory, in bytes.</summary>
    public const int LongestDirectory = 64;

    private const int MaxSuites = 8, LongestSuite = 32, LongestName = 64;

    /// <summary>What both signatures are over.</summary>
    public byte[] ToBytes()
    {
        var writer = new ByteWriter(2048).Bytes(Domains.Statement).Lp(User.Value).Lp(DirectoryId).I64(Revision).U8((byte)Suites.Count);
        foreach (var suite in Suites) writer.Lp(suite);
        return writer.Bytes(Identity).Bytes(SignKeyHash).Time(Prekey.NotBefore).Time(Prekey.Expires).Bytes(Prekey.Key).Bytes(Prekey.Signature).ToArray();
    }

    /// <summary>What the RSA sign key signs.</summary>
    public static byte[] CrossSigned(ReadOnlySpan<byte> statement) => [.. Domains.CrossSignature, .. statement];

    public static byte[] HashOfSignKey(ReadOnlySpan<byte> spki) => SHA256.HashData(spki);

    public static string ToText(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> crossSignature) =>
        Base64Url.EncodeToString(new ByteWriter(4096).Bytes(statement).Bytes(signature).Lp(crossSignature).Written);

    /// <summary>Reads the form; nothing is verified by it.</summary>
    /// <returns><see langword="null"/> where it is none: not the text that <see cref="ToText"/> makes of these values, byte for byte.</returns>
    public static SignedStatement? TryRead(string text)
    {
        if (text.Length > MaxText || Decode(text) is not { } bytes) return null;
        var reader = new ByteReader(bytes);
        if (!reader.Take(Domains.Statement.Length).SequenceEqual(Domains.Statement) || !Username.TryParse(reader.LpAscii(LongestName), out var user)) return null;
        var directory = reader.Lp().ToArray();
        var revision = reader.Count();
        var suites = new string[Math.Min((int)reader.U8(), MaxSuites + 1)];
        for (var i = 0; i < suites.Length; i++) suites[i] = reader.LpAscii(LongestSuite);
        var identity = reader.Take(Ed25519.PublicKeySize).ToArray();
        var signKeyHash = reader.Take(SHA256.HashSizeInBytes).ToArray();
        var prekey = new PublicPrekey(reader.Time(), reader.Time(), reader.Take(XWing.PublicKeySize).ToArray(), reader.Take(Ed25519.SignatureSize).ToArray());
        var signed = reader.Before.ToArray();
        var signature = reader.Take(Ed25519.SignatureSize).ToArray();
        var crossSignature = reader.Lp().ToArray();
        return reader.IsDone && directory.Length <= LongestDirectory && AreInOrder(suites)
            ? new SignedStatement(new Statement(user, directory, revision, suites, identity, signKeyHash, prekey), signed, signature, crossSignature)
            : null;
    }

    // Ascending, none twice: one list has one form.
    private static bool AreInOrder(string[] suites) =>
        suites.Length is > 0 and <= MaxSuites && suites.Zip(suites.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);

    private static byte[]? Decode(string text)
    {
        if (!Ascii.IsValid(text) || text.Contains('=', StringComparison.Ordinal)) return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, bytes, out var read, out var written) != OperationStatus.Done || read != text.Length) return null;
        // White space and left-over bits would be other forms of the same statement.
        return Base64Url.EncodeToString(bytes.AsSpan(0, written)) == text ? bytes[..written] : null;
    }
}

/// <summary>A statement as it was read, and its signatures, which are not verified.</summary>
internal sealed record SignedStatement(Statement Statement, byte[] Signed, byte[] Signature, byte[] CrossSignature);

/// <summary>The public half of a prekey, signed by the identity over <c>domain | lp(user) | kid[8] | not-before i64 | expires i64 | key</c>.</summary>
internal sealed record PublicPrekey(DateTimeOffset NotBefore, DateTimeOffset Expires, byte[] Key, byte[] Signature)
{
    public static byte[] Signed(Username user, DateTimeOffset notBefore, DateTimeOffset expires, ReadOnlySpan<byte> key) =>
        new ByteWriter(1400).Bytes(Domains.Prekey).Lp(user.Value).I64(unchecked((long)FrameLayout.KidOf(key))).Time(notBefore).Time(expires).Bytes(key).ToArray();
}
