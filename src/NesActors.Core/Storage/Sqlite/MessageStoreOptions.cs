using NesActors.Core.Protection;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>What a store is opened with.</summary>
public sealed record MessageStoreOptions
{
    /// <summary>How many bytes of frames wait at most.</summary>
    public long SpoolCapacity { get; init; } = 64L << 20;

    /// <summary>How long texts are kept.</summary>
    public HistoryRetention History { get; init; } = HistoryRetention.Forever;

    /// <summary>What the data key is wrapped by; <see langword="null"/>: it lies in the clear. Needed while the store is opened, not after.</summary>
    public KeyWrap? KeyWrap { get; init; }

    /// <summary>How long to wait for another process that writes, in whole seconds; <see langword="null"/>: as the state does.</summary>
    internal TimeSpan? Patience { get; init; }
}
