using System.Runtime.InteropServices;
using System.Text.Json;

namespace NesActors.Records;

/// <summary>
/// JSON of somebody else, read so that every parser sees the same values: the original's ignores case and lets the last name win, others do
/// not. No name may come twice or differ from another by case alone.
/// </summary>
public static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Reads a JSON object and makes something of it.</summary>
    /// <param name="json">Any bytes; whoever calls has limited their number.</param>
    /// <param name="read">What to make of it; null, or an exception of <see cref="JsonElement"/>, says that the object does not fit.</param>
    /// <returns>Null where it is no such object.</returns>
    public static T? TryRead<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T?> read) where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object && IsUnambiguous(document.RootElement) ? read(document.RootElement) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentOutOfRangeException)
        {
            // A member that is missing or of another type, a time that is none, text that is not Unicode (a lone surrogate).
            return null;
        }
    }

    /// <summary>The bytes of a value exactly as they stood in the text: what a signature is over.</summary>
    public static byte[] Raw(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).ToArray();

    private static bool IsUnambiguous(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => HasDistinctNames(value) && value.EnumerateObject().All(member => IsUnambiguous(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsUnambiguous),
        _ => true,
    };

    private static bool HasDistinctNames(JsonElement value)
    {
        var seen = new HashSet<string>();
        return value.EnumerateObject().All(member => seen.Add(Fold(member.Name)) && (Fold(member.Name) == member.Name || !IsKnown(Fold(member.Name))));
    }

    // Names that the original looks for: a variant of one that stands alone would be read by it and not by us.
    private static bool IsKnown(string name) =>
        name is "response" or "signature" or "public_key_message" or "public_key_sign" or "username" or "email";

    // The parser of the original takes the long s and the Kelvin sign for the letters that they look like.
    private static string Fold(string name) => name.Replace('\u017f', 's').Replace('\u212a', 'k').ToLowerInvariant();
}
