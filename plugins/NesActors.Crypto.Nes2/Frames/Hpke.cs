using System.Security.Cryptography;

namespace NesActors.Crypto.Nes2.Frames;

/// <summary>
/// HPKE (RFC 9180) in base mode for one message: KEM X-Wing (0x647a, whose shared secret goes into the key schedule as it is), HKDF-SHA256 (0x0001), ChaCha20-Poly1305 (0x0003).
/// The key schedule is composed here; everything below it is the libraries'.
/// </summary>
internal static class Hpke
{
    private const byte BaseMode = 0;
    private const int HashLength = SHA256.HashSizeInBytes;

    /// <summary>"HPKE" and the three algorithms' numbers.</summary>
    public static ReadOnlySpan<byte> SuiteId => [(byte)'H', (byte)'P', (byte)'K', (byte)'E', 0x64, 0x7a, 0x00, 0x01, 0x00, 0x03];

    // LabeledExtract("", "psk_id_hash", ""): no pre-shared key, the same each time.
    private static readonly byte[] PskIdHash = Extract(SuiteId, [], "psk_id_hash"u8, []);

    /// <summary>KeySchedule of RFC 9180, 5.1, as far as one message needs it.</summary>
    public static void KeySchedule(ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> info, Span<byte> key, Span<byte> nonce) => KeySchedule(SuiteId, PskIdHash, sharedSecret, info, key, nonce);

    /// <summary>The same for another suite, with its own hash of no pre-shared key: for the vectors of RFC 9180.</summary>
    internal static void KeySchedule(ReadOnlySpan<byte> suiteId, ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> info, Span<byte> key, Span<byte> nonce) =>
        KeySchedule(suiteId, Extract(suiteId, [], "psk_id_hash"u8, []), sharedSecret, info, key, nonce);

    private static void KeySchedule(ReadOnlySpan<byte> suiteId, ReadOnlySpan<byte> pskIdHash, ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> info, Span<byte> key, Span<byte> nonce)
    {
        byte[] context = [BaseMode, .. pskIdHash, .. Extract(suiteId, [], "info_hash"u8, info)];
        var secret = Extract(suiteId, sharedSecret, "secret"u8, []);
        try
        {
            Expand(suiteId, secret, "key"u8, context, key);
            Expand(suiteId, secret, "base_nonce"u8, context, nonce);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    // LabeledExtract. The salt is the secret here in one of three cases; the input never is.
    private static byte[] Extract(ReadOnlySpan<byte> suiteId, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> input)
    {
        var prk = GC.AllocateUninitializedArray<byte>(HashLength, pinned: true);
        HKDF.Extract(HashAlgorithmName.SHA256, [.. Version, .. suiteId, .. label, .. input], salt, prk);
        return prk;
    }

    // LabeledExpand.
    private static void Expand(ReadOnlySpan<byte> suiteId, ReadOnlySpan<byte> prk, ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, Span<byte> output) =>
        HKDF.Expand(HashAlgorithmName.SHA256, prk, output, [(byte)(output.Length >> 8), (byte)output.Length, .. Version, .. suiteId, .. label, .. context]);

    private static ReadOnlySpan<byte> Version => "HPKE-v1"u8;
}
