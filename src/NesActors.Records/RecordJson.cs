using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NesActors.Contracts;

namespace NesActors.Records;

/// <summary>How values stand in the JSON of the protocol.</summary>
internal static class RecordJson
{
    // PEM holds '+', which needs no escape in JSON that goes into no web page.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Plain)) write(json);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The member is no hash.</exception>
    public static Digest Digest(JsonElement json, string name) =>
        Records.Digest.TryParse(json.GetProperty(name).GetString(), out var digest) ? digest : throw new FormatException($"{name} is no hash.");

    /// <exception cref="ArgumentOutOfRangeException">The number is no time.</exception>
    public static DateTimeOffset Time(JsonElement json, string name) => DateTimeOffset.FromUnixTimeMilliseconds(json.GetProperty(name).GetInt64());

    public static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <exception cref="FormatException">The member is <c>null</c>.</exception>
    public static string RequiredText(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");

    /// <exception cref="FormatException">The member is no user's name.</exception>
    public static Username User(JsonElement json, string name) =>
        Username.TryParse(RequiredText(json, name), out var user) ? user : throw new FormatException($"{name} is no user's name.");

    /// <exception cref="FormatException">The member is no base64url.</exception>
    public static byte[] Bytes(JsonElement json, string name) => Decode(RequiredText(json, name));

    /// <summary>The same, null where there is no such member.</summary>
    public static byte[]? BytesOrNull(JsonElement json, string name) => json.TryGetProperty(name, out _) ? Bytes(json, name) : null;

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>As the original expects it: padded.</summary>
    public static string EncodePadded(ReadOnlySpan<byte> bytes)
    {
        var text = Base64Url.EncodeToString(bytes);
        return text.PadRight((text.Length + 3) / 4 * 4, '=');
    }

    private static byte[] Decode(string text)
    {
        var buffer = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return Base64Url.DecodeFromChars(text, buffer, out var read, out var written) == OperationStatus.Done && read == text.Length
            ? buffer[..written]
            : throw new FormatException("This is no base64url.");
    }
}
