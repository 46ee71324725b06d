using NesActors.Core.Storage;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Conversation;

/// <summary>A message that has left, or may have, to a contact who will confirm it.</summary>
internal sealed class FlyingMessage(UnconfirmedMessage message, long publishedAt)
{
    public UnconfirmedMessage Message { get; private set; } = message;

    /// <summary>When it was sent first, or read from the store, as a timestamp of the clock.</summary>
    public long Since { get; } = publishedAt;

    /// <summary>How often it was sent again.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was sent last, as a timestamp of the clock.</summary>
    public long PublishedAt { get; set; } = publishedAt;

    public ResendStep Step { get; set; } = message.IsPublished ? ResendStep.Waiting : ResendStep.Overdue;

    public bool IsPublished { get; set; } = message.IsPublished;

    public void Use(OutgoingFrame frame) => Message = Message with { Frame = frame };
}

internal enum ResendStep
{
    /// <summary>It waits to be confirmed.</summary>
    Waiting,

    /// <summary>It was due while there was no connection, or the connection broke while it left: the next one sends it before all else, so that the contact need not wait for it.</summary>
    Overdue,
    AwaitingKeys,
    Sealing,
    Publishing,
}
