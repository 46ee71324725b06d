using NesActors.Contracts;

namespace NesActors.Directory.Storage;

/// <summary>A row of <c>users</c>, as far as the links of a registration need it.</summary>
internal sealed record StoredUser(
    long Id, string Status, string? MessageKey, string? SignKey, long RegisteredAt, byte[]? ActivationHash, byte[]? DeletionHash);

/// <summary>A registration to be stored: active at once where it brings its answer, else pending.</summary>
internal sealed record NewUser(
    Username Name, string Email, string MessageKey, string SignKey, DateTimeOffset RegisteredAt)
{
    public byte[]? Answer { get; init; }

    public byte[]? ActivationHash { get; init; }

    public byte[]? DeletionHash { get; init; }
}
