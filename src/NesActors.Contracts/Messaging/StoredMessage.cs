namespace NesActors.Contracts;

/// <summary>A message as the session's store holds it.</summary>
/// <param name="Id">Its name here.</param>
/// <param name="Contact">The other side.</param>
/// <param name="Direction">Which way it went.</param>
/// <param name="SentAt">The sender's clock.</param>
/// <param name="RecordedAt">Our clock when it was stored.</param>
/// <param name="Text">The text; to be escaped by whoever shows it.</param>
/// <param name="State">How far it has come.</param>
public sealed record StoredMessage(
    MessageId Id, Username Contact, MessageDirection Direction, DateTimeOffset SentAt, DateTimeOffset RecordedAt, string Text, MessageState State)
{
    /// <summary>Why it failed, where <see cref="State"/> is <see cref="MessageState.Failed"/>.</summary>
    public SendFailure Failure { get; init; }

    /// <summary>More about its state in a few words for a person; may be missing.</summary>
    public string? Detail { get; init; }

    /// <summary>Incoming, and signed by other keys than the contact's pinned ones: it may be somebody else.</summary>
    public bool UnderChangedKey { get; init; }

    /// <summary>Incoming, and sealed by a weaker suite than its sender is known to have: somebody may have talked one side down, or the sender does not know yet that we have the better one.</summary>
    public bool IsOlderSuite { get; init; }

    /// <summary>
    /// Incoming, and its sender wrote another message before it than the one that arrived here in that place: somebody else may write with the sender's keys, or the sender's program has lost what it had sent.
    /// </summary>
    public bool BreaksChain { get; init; }

    /// <summary>Incoming, and its sender was a stranger then: neither accepted nor written to.</summary>
    public bool IsRequest { get; init; }

    /// <summary>Incoming, and the sender's clock says a time far from ours: an old message that came late, or a wrong clock, or somebody's replay.</summary>
    public bool IsOutOfTime { get; init; }

    /// <summary>Whether an outgoing message has come so far, or can come no further by itself.</summary>
    /// <param name="until"><see cref="MessageState.Published"/>, <see cref="MessageState.Delivered"/> or <see cref="MessageState.Read"/>.</param>
    public bool HasCome(MessageState until) => State switch
    {
        MessageState.Queued => false,
        MessageState.Unknown or MessageState.Published => until == MessageState.Published,
        MessageState.Delivered => until != MessageState.Read,
        _ => true,
    };

    /// <summary>Names the message and never its text.</summary>
    public override string ToString() => $"{Direction} {Id} {Contact} {State}";
}
