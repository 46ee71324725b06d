using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>The answer to a look-up, taken apart but not yet believed.</summary>
/// <param name="Response">The value of <c>response</c> exactly as it stood in the body: what the signature is over.</param>
/// <param name="Signature">The decoded signature.</param>
internal sealed record SignedAnswer(ReadOnlyMemory<byte> Response, byte[] Signature)
{
    private const string ResponseName = "response";
    private const string SignatureName = "signature";

    // The longest signature is that of an RSA-8192 key: 1,024 bytes.
    private const int MaxSignatureText = 1368;

    /// <summary>Takes a body apart: one JSON object with both members, each once, and nothing behind it.</summary>
    /// <returns>Null where the body is nothing of the kind.</returns>
    public static SignedAnswer? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return Parse(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter stands for text that is not Unicode, a lone surrogate for instance.
            return null;
        }
    }

    private static SignedAnswer? Parse(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        var members = new MemberNames(ResponseName, SignatureName);
        ReadOnlyMemory<byte>? response = null;
        string? signature = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!members.Add(name)) return null;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (name == SignatureName && reader.TokenType == JsonTokenType.String) signature = reader.GetString();
            var isObject = reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
            if (name == ResponseName && isObject) response = body[start..(int)reader.BytesConsumed];
        }
        // Read once more: the reader throws at anything but white space behind the object.
        reader.Read();
        return response is { } bytes && Decode(signature) is { } decoded ? new SignedAnswer(bytes, decoded) : null;
    }

    private static byte[]? Decode(string? signature)
    {
        if (signature is null || signature.Length is 0 or > MaxSignatureText) return null;
        var buffer = new byte[Base64Url.GetMaxDecodedLength(signature.Length)];
        return Base64Url.DecodeFromChars(signature, buffer, out _, out var written) == OperationStatus.Done ? buffer[..written] : null;
    }
}
