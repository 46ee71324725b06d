using NesActors.Contracts;

namespace NesActors.FrontEnd.Rest.Api.Views;

/// <summary>A message as the API shows it.</summary>
/// <param name="Id">Its name here.</param>
/// <param name="Contact">The other side.</param>
/// <param name="Direction">Which way it went.</param>
/// <param name="Text">The text as it was sent; whoever shows it must escape it. <see langword="null"/> for who may not read.</param>
/// <param name="SentAt">The sender's clock.</param>
/// <param name="RecordedAt">The clock here, when it was stored.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Failure">Why it failed; <see langword="null"/> where it did not.</param>
/// <param name="Detail">More about its state, for a person.</param>
/// <param name="UnderChangedKey">Incoming, and signed by other keys than the pinned ones.</param>
/// <param name="OutOfTime">Incoming, and the sender's clock says a time far from ours.</param>
/// <param name="Request">Incoming, and its sender was a stranger then.</param>
/// <param name="OlderSuite">Incoming, and by a weaker suite than its sender is known to have.</param>
/// <param name="BreaksChain">Incoming, and its sender wrote another message before it than the one that arrived here.</param>
internal sealed record MessageView(
    string Id, string Contact, MessageDirection Direction, string? Text, DateTimeOffset SentAt, DateTimeOffset RecordedAt, MessageState State, SendFailure? Failure, string? Detail,
    bool UnderChangedKey, bool OutOfTime, bool Request, bool OlderSuite, bool BreaksChain)
{
    /// <summary>The position in the log of events, where the message is told of as one of them.</summary>
    public long? Cursor { get; init; }

    public static MessageView Of(StoredMessage message) => new(
        message.Id.ToString(), message.Contact.Value, message.Direction, message.Text, message.SentAt, message.RecordedAt, message.State, FailureOf(message), message.Detail,
        message.UnderChangedKey, message.IsOutOfTime, message.IsRequest, message.IsOlderSuite, message.BreaksChain);

    /// <summary>Why a message failed; <see langword="null"/> where it did not.</summary>
    public static SendFailure? FailureOf(StoredMessage message) => message.Failure == SendFailure.None ? null : message.Failure;

    /// <summary>Names the message and never its text.</summary>
    public override string ToString() => $"{Direction} {Id} {Contact} {State}";
}
