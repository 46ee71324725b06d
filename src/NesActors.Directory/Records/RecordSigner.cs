using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NesActors.Contracts.Crypto;
using NesActors.Rsa;

namespace NesActors.Directory.Records;

/// <summary>
/// Makes the answer to a look-up: the keys as the value of <c>response</c>, and the directory's RSA-PSS signature over just those bytes.
/// It costs an RSA operation of 4 ms, so it is made once and stored.
/// </summary>
internal sealed class RecordSigner(RsaPrivateKey key)
{
    // PEM holds '+', which needs no escape in JSON that goes into no web page.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public byte[] Sign(string messageKey, string signKey)
    {
        var response = Response(messageKey, signKey);
        // Base64 of the URL-safe alphabet, padded as the original expects it.
        var signature = Pad(Base64Url.EncodeToString(key.SignPss(response)));
        return [.. "{\"response\":"u8, .. response, .. ",\"signature\":\""u8, .. System.Text.Encoding.ASCII.GetBytes(signature), .. "\"}\n"u8];
    }

    private static byte[] Response(string messageKey, string signKey)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString(PublicRecord.MessageKey, messageKey);
            json.WriteString(PublicRecord.SignKey, signKey);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string Pad(string base64) => base64.PadRight((base64.Length + 3) / 4 * 4, '=');
}
