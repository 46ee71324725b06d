namespace NesActors.Core.Storage;

/// <summary>A frame's number in the spool.</summary>
public readonly record struct SpoolId(long Value);

/// <summary>A frame that was acknowledged to the broker and not yet looked through.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Frame">Its bytes.</param>
public sealed record SpooledFrame(SpoolId Id, ReadOnlyMemory<byte> Frame);
