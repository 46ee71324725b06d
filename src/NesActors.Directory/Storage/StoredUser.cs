using NesActors.Contracts;
using NesActors.Directory.Records;
using NesActors.Directory.Registration;
using NesActors.Records;

namespace NesActors.Directory.Storage;

/// <summary>A row of <c>users</c>, as far as its owner's requests need it.</summary>
internal sealed record StoredUser(
    long Id, string Status, string? MessageKey, string? SignKey, long RegisteredAt, byte[]? ActivationHash, byte[]? DeletionHash, long? Rev, string? RecordHash, long Proof)
{
    /// <summary>Whether whoever registered showed that the sign key is theirs.</summary>
    public bool HasProof => Proof != 0;

    /// <summary>Whether there is somebody who may act for the name, by key or by mail.</summary>
    public bool HasOwner => Status is UserStatus.Active or UserStatus.Revoked;

    /// <summary>The record that would follow the newest one; the first where there is none. An active one still lacks its keys.</summary>
    public DirectoryRecord Next(Digest directory, Username user, RecordStatus status, DateTimeOffset now) =>
        new(directory, user, (Rev ?? 0) + 1, status, now) { Prev = Digest.TryParse(RecordHash, out var prev) ? prev : null };

    /// <summary>Whether a revision and the hash of the record before are those of the record that comes next.</summary>
    public bool IsNext(long rev, Digest prev) => rev == Rev + 1 && prev.Hex == RecordHash;

    /// <summary>Whether the owner of the present sign key signed a statement.</summary>
    public bool Signed(byte[] statement, byte[] signature) => SignKey is not null && ValidKeys.Signed(SignKey, statement, signature);
}

/// <summary>A registration to be stored: active at once where it brings its record, else pending.</summary>
internal sealed record NewUser(ValidRegistration Registration, DateTimeOffset RegisteredAt)
{
    public SignedRecord? Record { get; init; }

    public byte[]? ActivationHash { get; init; }

    public byte[]? DeletionHash { get; init; }
}

/// <summary>A record to be put behind the others of its name.</summary>
/// <param name="Signed">The record.</param>
/// <param name="Origin">How it came to be.</param>
internal sealed record NewRecord(SignedRecord Signed, RecordOrigin Origin)
{
    /// <summary>Of the owner of the keys before.</summary>
    public byte[]? SignatureOld { get; init; }

    /// <summary>Of the owner of the new keys.</summary>
    public byte[]? SignatureNew { get; init; }

    /// <summary>Whether the owner of the new sign key signed for it.</summary>
    public bool HasProof { get; init; }
}

/// <summary>What came of a change.</summary>
internal enum StoreOutcome
{
    /// <summary>It is stored.</summary>
    Done,

    /// <summary>The name was in another state than the change expects: another one was faster.</summary>
    Stale,

    /// <summary>One of the keys stands under another active name, whose owner did not show to be the same.</summary>
    KeyTaken,
}
