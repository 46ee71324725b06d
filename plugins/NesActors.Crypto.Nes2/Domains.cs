namespace NesActors.Crypto.Nes2;

/// <summary>What stands before everything that is hashed or signed, so that no bytes can count for two purposes.</summary>
internal static class Domains
{
    public static ReadOnlySpan<byte> Kid => "nes2/kid/v1\0"u8;

    public static ReadOnlySpan<byte> Hpke => "nes2/hpke/v1\0"u8;

    public static ReadOnlySpan<byte> MessageSignature => "nes2/msg-sig/v1\0"u8;

    public static ReadOnlySpan<byte> Prekey => "nes2/prekey/v1\0"u8;

    public static ReadOnlySpan<byte> Statement => "nes2/statement/v1\0"u8;

    public static ReadOnlySpan<byte> CrossSignature => "nes2/cross-sig/v1\0"u8;

    public static ReadOnlySpan<byte> Fingerprint => "nes2/fingerprint/v1\0"u8;
}
