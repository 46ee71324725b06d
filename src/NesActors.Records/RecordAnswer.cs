using System.Text;
using NesActors.Rsa;

namespace NesActors.Records;

/// <summary>The answer to a look-up: the signed bytes of a record, and the directory's word that they are fresh.</summary>
/// <param name="Response">The value of <c>response</c> exactly as it stands in the answer.</param>
/// <param name="Signature">RSA-PSS over these bytes.</param>
/// <param name="Fresh">Null in the answer of a plain directory.</param>
public sealed record RecordAnswer(ReadOnlyMemory<byte> Response, byte[] Signature, Freshness? Fresh)
{
    /// <summary>The part that stays until the record changes: all but <c>fresh</c> and the end. It is made once and stored.</summary>
    public static byte[] SignedPart(RsaPrivateKey key, ReadOnlySpan<byte> response) =>
        [.. "{\"response\":"u8, .. response, .. ",\"signature\":\""u8, .. Encoding.ASCII.GetBytes(RecordJson.EncodePadded(key.SignPss(response))), .. "\""u8];

    /// <summary>The response in a part that <see cref="SignedPart"/> made.</summary>
    /// <exception cref="FormatException">The bytes are none.</exception>
    public static byte[] ResponseIn(ReadOnlySpan<byte> signedPart)
    {
        // The signature holds no quotation mark, so its member is the last that looks so.
        var begin = "{\"response\":"u8;
        var end = signedPart.LastIndexOf(",\"signature\":\""u8);
        return signedPart.StartsWith(begin) && end > begin.Length ? signedPart[begin.Length..end].ToArray() : throw new FormatException("This is no signed part of an answer.");
    }

    /// <summary>The whole answer.</summary>
    /// <param name="signedPart">From <see cref="SignedPart"/>.</param>
    /// <param name="fresh">The word about its response.</param>
    public static byte[] Write(ReadOnlySpan<byte> signedPart, Freshness fresh) => [.. signedPart, .. ",\"fresh\":"u8, .. fresh.ToJson(), .. "}\n"u8];

    /// <summary>Takes an answer apart; nothing of it is believed yet.</summary>
    /// <returns>Null where it is nothing of the kind: one JSON object with <c>response</c>, an object, and <c>signature</c>.</returns>
    public static RecordAnswer? TryRead(ReadOnlyMemory<byte> body) => StrictJson.TryRead(body, root =>
    {
        var response = root.GetProperty("response");
        var signature = RecordJson.Bytes(root, "signature");
        if (response.ValueKind != System.Text.Json.JsonValueKind.Object || signature.Length == 0) return null;
        return new RecordAnswer(
            StrictJson.Raw(response), signature, root.TryGetProperty("fresh", out var fresh) ? Freshness.Read(fresh) : null);
    });
}
