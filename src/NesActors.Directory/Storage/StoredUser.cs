using NesActors.Contracts;
using NesActors.Directory.Records;
using NesActors.Records;

namespace NesActors.Directory.Storage;

/// <summary>A row of <c>users</c>, as far as the links of a registration need it.</summary>
internal sealed record StoredUser(
    long Id, string Status, string? MessageKey, string? SignKey, long RegisteredAt, byte[]? ActivationHash, byte[]? DeletionHash, long? Rev, string? RecordHash);

/// <summary>A registration to be stored: active at once where it brings its record, else pending.</summary>
internal sealed record NewUser(Username Name, string Email, string MessageKey, string SignKey, KeyDigests Keys, DateTimeOffset RegisteredAt)
{
    public SignedRecord? Record { get; init; }

    public byte[]? ActivationHash { get; init; }

    public byte[]? DeletionHash { get; init; }
}
