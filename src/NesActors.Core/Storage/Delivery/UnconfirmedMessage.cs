using NesActors.Contracts;

namespace NesActors.Core.Storage.Delivery;

/// <summary>The place of a message in a numbering.</summary>
/// <param name="Stream">The numbering.</param>
/// <param name="Number">From 1.</param>
public readonly record struct MessageNumber(StreamId Stream, long Number);

/// <summary>The place of a message, and what stands before it.</summary>
/// <param name="Number">The place.</param>
/// <param name="Previous">The content hash of what was sent, or may have been, in the place before it; empty where there is none, or it is not known.</param>
public readonly record struct ChainedNumber(MessageNumber Number, ReadOnlyMemory<byte> Previous);

/// <summary>A message that was published, or may have been, and that its recipient has not confirmed.</summary>
/// <param name="Id">The message.</param>
/// <param name="SentAt">The time that it tells.</param>
/// <param name="Number">Its place in the numbering.</param>
/// <param name="Frame">What is published again.</param>
/// <param name="IsPublished">Whether a broker has confirmed it.</param>
public sealed record UnconfirmedMessage(MessageId Id, DateTimeOffset SentAt, MessageNumber Number, OutgoingFrame Frame, bool IsPublished);
