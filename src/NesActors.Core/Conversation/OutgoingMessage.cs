using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Conversation;

/// <summary>A message on its way out, and where on that way it is.</summary>
internal sealed class OutgoingMessage(MessageId id, Message message)
{
    public MessageId Id { get; } = id;

    public Message Message { get; } = message;

    public OutgoingStep Step { get; set; }

    /// <summary>The keys that it is being sealed for.</summary>
    public IPeerIdentity? Keys { get; set; }

    /// <summary>The suite that it is composed by, where there are several.</summary>
    public string? Suite { get; set; }

    /// <summary>What it tells of suites.</summary>
    public Capabilities? Capabilities { get; set; }

    /// <summary>Whether bytes of it may have left: then it stays the content that it is.</summary>
    public bool MayHaveLeft { get; set; }

    /// <summary>Its place in the numbering for the contact.</summary>
    public MessageNumber? Number { get; set; }

    /// <summary>What is sealed, as often as need be; empty before it was composed.</summary>
    public ReadOnlyMemory<byte> Content { get; set; }

    /// <summary>The sealed bytes: what is published again, as long as the recipient's keys are the same.</summary>
    public OutgoingFrame? Frame { get; set; }
}

internal enum OutgoingStep
{
    Waiting,
    AwaitingKeys,
    Numbering,
    Composing,
    Sealing,

    /// <summary>The bytes are being written down before they leave.</summary>
    Storing,
    Publishing,
}
