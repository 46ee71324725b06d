using NesActors.Directory.Registration;
using NesActors.Records;

namespace NesActors.Directory.Recovery;

/// <summary>The body of <c>POST /users/{name}/recovery</c>.</summary>
internal sealed record RecoveryRequest(string MessageKey, string SignKey, byte[] Signature)
{
    /// <returns>Null where it is none.</returns>
    public static RecoveryRequest? TryRead(ReadOnlyMemory<byte> body) => StrictJson.TryRead(body, json => new RecoveryRequest(
        RecordJson.RequiredText(json, "public_key_message"), RecordJson.RequiredText(json, "public_key_sign"), RecordJson.Bytes(json, "signature")));
}

/// <summary>A recovery to be stored.</summary>
internal sealed record NewRecovery(ValidKeys Keys, DateTimeOffset RequestedAt, byte[] ConfirmHash, byte[] CancelHash);
