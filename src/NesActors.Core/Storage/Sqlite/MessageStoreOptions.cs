namespace NesActors.Core.Storage.Sqlite;

/// <summary>What a store is opened with.</summary>
public sealed record MessageStoreOptions
{
    /// <summary>How many bytes of frames wait at most.</summary>
    public long SpoolCapacity { get; init; } = 64L << 20;

    /// <summary>How long texts are kept.</summary>
    public HistoryRetention History { get; init; } = HistoryRetention.Forever;

    /// <summary>How long to wait for another process that writes, in whole seconds; <see langword="null"/>: as the state does.</summary>
    internal TimeSpan? Patience { get; init; }
}
