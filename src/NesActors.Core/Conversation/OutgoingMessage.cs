using NesActors.Contracts;

namespace NesActors.Core.Conversation;

/// <summary>A message on its way out, and where on that way it is.</summary>
internal sealed class OutgoingMessage(MessageId id, Message message)
{
    public MessageId Id { get; } = id;

    public Message Message { get; } = message;

    public OutgoingStep Step { get; set; }

    /// <summary>The sealed bytes: what is published again after an attempt that certainly did not leave.</summary>
    public ReadOnlyMemory<byte> Frame { get; set; }
}

internal enum OutgoingStep
{
    Waiting,
    AwaitingKeys,
    Sealing,
    Publishing,
}
