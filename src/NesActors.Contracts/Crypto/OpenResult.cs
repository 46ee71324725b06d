namespace NesActors.Contracts.Crypto;

/// <summary>How opening a frame went: an opened frame, or the reason why there is none.</summary>
public readonly record struct OpenResult
{
    private OpenResult(OpenedFrame? frame, DropReason reason) => (Frame, Reason) = (frame, reason);

    /// <summary>The frame, where it opened.</summary>
    public OpenedFrame? Frame { get; }

    /// <summary>Why it did not; has no meaning where <see cref="Frame"/> is there.</summary>
    public DropReason Reason { get; }

    /// <summary>The frame opened; its sender is still a claim.</summary>
    public static OpenResult Opened(OpenedFrame frame) => new(frame, default);

    /// <summary>
    /// The frame did not open: <see cref="DropReason.BadFrame"/>, <see cref="DropReason.CannotOpen"/> (one outcome for every cause) or
    /// <see cref="DropReason.BadMessage"/>.
    /// </summary>
    public static OpenResult Dropped(DropReason reason) => new(null, reason);
}
