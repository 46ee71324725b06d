using System.Buffers;
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.KeyDirectory.Owner;

/// <summary>The bodies of requests: JSON, as the original writes it.</summary>
internal static class RequestBody
{
    // No web page will hold it: '+' of PEM and other letters than English ones stand as they are.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ByteArrayContent Create(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        var content = new ByteArrayContent(buffer.WrittenSpan.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>The two keys that a directory registers; what else a record holds goes another way.</summary>
    public static void WriteKeys(this Utf8JsonWriter json, PublicRecord keys)
    {
        foreach (var name in (string[])[PublicRecord.MessageKey, PublicRecord.SignKey])
        {
            if (keys.Entries.TryGetValue(name, out var value)) json.WriteString(name, value);
        }
    }

    public static void WriteSignature(this Utf8JsonWriter json, string name, ReadOnlySpan<byte> signature) =>
        json.WriteString(name, Base64Url.EncodeToString(signature));
}
