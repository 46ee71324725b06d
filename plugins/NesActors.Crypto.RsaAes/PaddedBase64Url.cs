using System.Buffers;
using System.Buffers.Text;

namespace NesActors.Crypto.RsaAes;

/// <summary>
/// Base64 with the URL-safe alphabet and padding (RFC 4648, 5). Reads as Go's <c>base64.URLEncoding</c> does: line breaks are passed over,
/// anything else foreign is refused. Unlike Go it also refuses bits that are left over and not zero, which no encoder makes.
/// </summary>
internal static class PaddedBase64Url
{
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    public static int EncodedLength(int length) => (length + 2) / 3 * 4;

    /// <returns>The number of bytes written.</returns>
    public static int Encode(ReadOnlySpan<byte> bytes, Span<byte> text)
    {
        text = text[..EncodedLength(bytes.Length)];
        text[Base64Url.EncodeToUtf8(bytes, text)..].Fill((byte)'=');
        return text.Length;
    }

    /// <returns><see langword="null"/> where the text is not base64 of this kind.</returns>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny((byte)'\r', (byte)'\n') < 0) return DecodeLine(text);
        var line = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            var length = 0;
            foreach (var c in text)
            {
                if (c is not ((byte)'\r' or (byte)'\n')) line[length++] = c;
            }
            return DecodeLine(line.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(line);
        }
    }

    private static byte[]? DecodeLine(ReadOnlySpan<byte> line)
    {
        if (line.Length % 4 != 0) return null;
        var digits = line.TrimEnd((byte)'=');
        if (line.Length - digits.Length > 2 || digits.ContainsAnyExcept(Alphabet)) return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(digits.Length)];
        return Base64Url.DecodeFromUtf8(digits, bytes, out _, out var written) == OperationStatus.Done && written == bytes.Length ? bytes : null;
    }
}
