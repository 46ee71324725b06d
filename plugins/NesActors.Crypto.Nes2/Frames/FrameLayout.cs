using System.Buffers.Binary;
using System.Security.Cryptography;
using Geralt;
using ChaCha20Poly1305 = Geralt.ChaCha20Poly1305;

namespace NesActors.Crypto.Nes2.Frames;

/// <summary>The frame: <c>"NES2" | suite u16 | kid[8] | enc[1120] | ciphertext</c>. All but the ciphertext is in the clear; the first three are the header.</summary>
internal static class FrameLayout
{
    public const int KidLength = 8;
    public const int HeaderLength = 4 + 2 + KidLength;
    public const int CiphertextAt = HeaderLength + XWing.CiphertextSize;

    /// <summary>What frames of all versions begin with.</summary>
    public static ReadOnlySpan<byte> Magic => "NES2"u8;

    private static ReadOnlySpan<byte> Beginning => [(byte)'N', (byte)'E', (byte)'S', (byte)'2', 0x00, 0x01];

    /// <summary>The name of a prekey in a frame: the first 8 bytes of SHA-256 over a domain and the key.</summary>
    public static ulong KidOf(ReadOnlySpan<byte> prekey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. Domains.Kid, .. prekey], hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    public static void WriteHeader(ulong kid, Span<byte> frame)
    {
        Beginning.CopyTo(frame);
        BinaryPrimitives.WriteUInt64BigEndian(frame[Beginning.Length..], kid);
    }

    /// <summary>Whether it is a frame of this suite, as far as anybody can see: its beginning, and a length that padding makes.</summary>
    public static bool IsFrame(ReadOnlySpan<byte> frame) =>
        frame.Length > CiphertextAt + ChaCha20Poly1305.TagSize && frame.StartsWith(Beginning) && Padding.IsLength(frame.Length - CiphertextAt - ChaCha20Poly1305.TagSize);

    public static ulong KidIn(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt64BigEndian(frame[Beginning.Length..]);

    public static ReadOnlySpan<byte> HeaderIn(ReadOnlySpan<byte> frame) => frame[..HeaderLength];

    public static ReadOnlySpan<byte> EncIn(ReadOnlySpan<byte> frame) => frame[HeaderLength..CiphertextAt];

    public static ReadOnlySpan<byte> CiphertextIn(ReadOnlySpan<byte> frame) => frame[CiphertextAt..];
}
