using System.Text.Json;

namespace NesActors.Directory.Registration;

/// <summary>The body of <c>POST /users</c> as it was sent. What is missing, or is no string, is null.</summary>
internal sealed record RegistrationRequest(string? Username, string? Email, string? MessageKey, string? SignKey)
{
    private static readonly string[] Names = ["username", "email", "public_key_message", "public_key_sign"];

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>
    /// Reads a JSON object strictly: a parser that ignores case, as the original's does, and one that does not must see the same values, so
    /// names that come twice or differ from a known one by case alone spoil it. Other names are ignored.
    /// </summary>
    /// <returns>Null where the body is not such an object.</returns>
    public static RegistrationRequest? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || root.EnumerateObject().Any(IsCaseVariant)) return null;
            return new RegistrationRequest(Text(root, Names[0]), Text(root, Names[1]), Text(root, Names[2]), Text(root, Names[3]));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter stands for text that is not Unicode, a lone surrogate for instance.
            return null;
        }
    }

    private static bool IsCaseVariant(JsonProperty property) =>
        Names.Any(name => Fold(property.Name) == name && property.Name != name);

    // The parser of the original takes the long s and the Kelvin sign for the letters that they look like.
    private static string Fold(string name) => name.Replace('\u017f', 's').Replace('\u212a', 'k').ToLowerInvariant();

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
