using NesActors.Records;

namespace NesActors.Directory.Owners;

/// <summary>The body of <c>PUT /users/{name}/statement</c>.</summary>
/// <param name="Suite">The suite's id.</param>
/// <param name="Text">What the owner says; null: nothing any more.</param>
/// <param name="Revision">Grows with every change, within a record.</param>
/// <param name="Record">The hash of the record that it belongs to.</param>
/// <param name="Signature">By the record's sign key.</param>
internal sealed record PublishRequest(string Suite, string? Text, long Revision, Digest Record, byte[] Signature)
{
    /// <returns>Null where it is none.</returns>
    public static PublishRequest? TryRead(ReadOnlyMemory<byte> body) => StrictJson.TryRead(body, json => new PublishRequest(
        RecordJson.RequiredText(json, "suite"),
        RecordJson.Text(json, "text"),
        json.GetProperty("revision").GetInt64(),
        RecordJson.Digest(json, "record"),
        RecordJson.Bytes(json, "signature")));
}
