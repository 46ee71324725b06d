using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>One record of a name's history, checked against the one before.</summary>
/// <param name="Record">The record.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Origin">How it came to be, as the directory says.</param>
/// <param name="OldKeySigned">Whether the owner of the sign key before signed for it; <see langword="false"/> for a recovery, and for what was done by mail.</param>
public sealed record HistoryRecord(DirectoryRecord Record, Digest Hash, RecordOrigin Origin, bool OldKeySigned);

/// <summary>What came of asking for a name's history.</summary>
public abstract record HistoryResult
{
    private HistoryResult() { }

    /// <summary>All records from the first to the newest, without a gap.</summary>
    public sealed record Found(IReadOnlyList<HistoryRecord> Records) : HistoryResult;

    /// <summary>The name never was active.</summary>
    public sealed record NotFound : HistoryResult;

    /// <summary>The directory is of the original's kind, which keeps no history.</summary>
    public sealed record Plain : HistoryResult;

    /// <summary>What the directory says of itself, or answered, is not to be believed.</summary>
    public sealed record Untrusted(string Detail) : HistoryResult;

    /// <summary>No answer, or one that says nothing.</summary>
    public sealed record Unavailable(string Detail) : HistoryResult;
}
