using System.Text.Json;
using NesActors.Crypto.RsaAes.Json;

namespace NesActors.Crypto.RsaAes;

/// <summary>The parts of a frame, decoded.</summary>
internal sealed record FrameParts(byte[] CipherKey, byte[] CipherText, byte[] Signature);

/// <summary>The frame on the wire: <c>{"cipherkey":"…","ciphertext":"…","signature":"…"}</c>, each in base64 of the URL alphabet, padded.</summary>
internal static class FrameCodec
{
    /// <summary>The greatest frame that is looked at; the host's limit is the same.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly FieldNames Names = new("cipherkey", "ciphertext", "signature");

    private static ReadOnlySpan<byte> BeforeKey => "{\"cipherkey\":\""u8;

    private static ReadOnlySpan<byte> BeforeText => "\",\"ciphertext\":\""u8;

    private static ReadOnlySpan<byte> BeforeSignature => "\",\"signature\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    public static byte[] Write(ReadOnlySpan<byte> cipherKey, ReadOnlySpan<byte> cipherText, ReadOnlySpan<byte> signature)
    {
        var length = BeforeKey.Length + BeforeText.Length + BeforeSignature.Length + End.Length
            + PaddedBase64Url.EncodedLength(cipherKey.Length)
            + PaddedBase64Url.EncodedLength(cipherText.Length)
            + PaddedBase64Url.EncodedLength(signature.Length);
        var frame = new byte[length];
        var rest = frame.AsSpan();
        Append(ref rest, BeforeKey, cipherKey);
        Append(ref rest, BeforeText, cipherText);
        Append(ref rest, BeforeSignature, signature);
        End.CopyTo(rest);
        return frame;
    }

    /// <summary>Reads a frame strictly: every part once, under its exact name, and other fields passed over.</summary>
    /// <returns><see langword="null"/> where it is none.</returns>
    public static FrameParts? TryRead(ReadOnlySpan<byte> frame)
    {
        if (frame.Length > MaxLength) return null;
        try
        {
            return Read(frame);
        }
        catch (Exception e) when (StrictObject.IsBadInput(e))
        {
            return null;
        }
    }

    private static FrameParts Read(ReadOnlySpan<byte> frame)
    {
        byte[]? key = null, text = null, signature = null;
        var json = new StrictObject(frame, Names);
        while (json.Next(out var field))
        {
            var value = json.GetBase64();
            if (field == 0) key = value;
            else if (field == 1) text = value;
            else signature = value;
        }
        return key is not null && text is not null && signature is not null
            ? new FrameParts(key, text, signature)
            : throw new JsonException("A part of the frame is missing.");
    }

    private static void Append(ref Span<byte> rest, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        name.CopyTo(rest);
        rest = rest[name.Length..];
        rest = rest[PaddedBase64Url.Encode(value, rest)..];
    }
}
