using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage;

namespace NesActors.Core.Conversation;

/// <summary>A message on its way out, and where on that way it is.</summary>
internal sealed class OutgoingMessage(MessageId id, Message message)
{
    public MessageId Id { get; } = id;

    public Message Message { get; } = message;

    public OutgoingStep Step { get; set; }

    /// <summary>Whose keys it is being sealed for.</summary>
    public Fingerprint SealedFor { get; set; }

    /// <summary>The sealed bytes: what is published again, as long as the recipient's keys are the same.</summary>
    public OutgoingFrame? Frame { get; set; }
}

internal enum OutgoingStep
{
    Waiting,
    AwaitingKeys,
    Sealing,

    /// <summary>The bytes are being written down before they leave.</summary>
    Storing,
    Publishing,
}
