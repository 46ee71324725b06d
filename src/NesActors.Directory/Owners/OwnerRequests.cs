using NesActors.Records;

namespace NesActors.Directory.Owners;

/// <summary>The body of <c>PUT /users/{name}/keys</c>.</summary>
internal sealed record KeyChangeRequest(string MessageKey, string SignKey, long Rev, Digest Prev, byte[] SignatureOld, byte[] SignatureNew)
{
    /// <returns>Null where it is none.</returns>
    public static KeyChangeRequest? TryRead(ReadOnlyMemory<byte> body) => StrictJson.TryRead(body, json => new KeyChangeRequest(
        RecordJson.RequiredText(json, "public_key_message"),
        RecordJson.RequiredText(json, "public_key_sign"),
        json.GetProperty("rev").GetInt64(),
        RecordJson.Digest(json, "prev"),
        RecordJson.Bytes(json, "signature_old"),
        RecordJson.Bytes(json, "signature_new")));
}

/// <summary>The body of <c>DELETE /users/{name}</c>.</summary>
internal sealed record DeletionRequest(long Rev, Digest Prev, byte[] Signature)
{
    /// <returns>Null where it is none.</returns>
    public static DeletionRequest? TryRead(ReadOnlyMemory<byte> body) => StrictJson.TryRead(body, json => new DeletionRequest(
        json.GetProperty("rev").GetInt64(), RecordJson.Digest(json, "prev"), RecordJson.Bytes(json, "signature")));
}

/// <summary>A body that holds nothing but a signature: of a revocation, and of a veto.</summary>
internal sealed record SignedRequest(byte[] Signature)
{
    /// <returns>Null where it is none.</returns>
    public static SignedRequest? TryRead(ReadOnlyMemory<byte> body) => StrictJson.TryRead(body, json => new SignedRequest(RecordJson.Bytes(json, "signature")));
}
