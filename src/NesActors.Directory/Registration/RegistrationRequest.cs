using System.Text.Json;
using NesActors.Records;

namespace NesActors.Directory.Registration;

/// <summary>The body of <c>POST /users</c> as it was sent. Text that is missing, or is no string, is null; the signature is null where it is missing.</summary>
internal sealed record RegistrationRequest(string? Username, string? Email, string? MessageKey, string? SignKey, byte[]? Signature)
{
    /// <summary>Reads a JSON object. Names that it does not know are ignored.</summary>
    /// <returns>Null where the body is not such an object.</returns>
    public static RegistrationRequest? TryParse(ReadOnlyMemory<byte> body) => StrictJson.TryRead(body, root => new RegistrationRequest(
        Text(root, "username"),
        Text(root, "email"),
        Text(root, "public_key_message"),
        Text(root, "public_key_sign"),
        RecordJson.BytesOrNull(root, "signature")));

    /// <summary>Says nothing of what it holds.</summary>
    public override string ToString() => nameof(RegistrationRequest);

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
