using NesActors.Contracts.Crypto;

namespace NesActors.Contracts;

/// <summary>
/// A running session, as a front-end sees it. Safe for several threads at once. Calls end with <see cref="OperationCanceledException"/> when their token is cancelled and with
/// <see cref="ObjectDisposedException"/> when the session has ended; where it did so by itself, the inner exception says why.
/// </summary>
public interface IMessenger
{
    /// <summary>Whose session it is.</summary>
    Username Me { get; }

    /// <summary>The newest position in the log of events when the session began: behind it is what happens in this session.</summary>
    long StartCursor { get; }

    /// <summary>Accepts a message for sending; it goes out as soon as it can, behind those before it to the same recipient.</summary>
    /// <returns>Its name, by which events tell how it goes on. The first of them (<see cref="MessageState.Queued"/>) is in the log already.</returns>
    /// <exception cref="ArgumentException">The text is longer than <see cref="Message.MaxTextBytes"/>, or is no valid Unicode.</exception>
    Task<MessageId> SendAsync(Username to, string text, CancellationToken cancellation);

    /// <summary>Waits until a message has left, failed, or cannot be known; one that has not left when the time is over is withdrawn.</summary>
    /// <param name="id">A message of this session.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Stops waiting, and withdraws nothing.</param>
    /// <returns>The message in its last state. Withdrawn for want of time, it is <see cref="MessageState.Failed"/> with the cause of the delay.</returns>
    /// <exception cref="KeyNotFoundException">There is no such message.</exception>
    Task<StoredMessage> SettleAsync(MessageId id, TimeSpan timeout, CancellationToken cancellation);

    /// <summary>All events behind a position, then those to come, for ever. Reading consumes nothing.</summary>
    /// <param name="after">The last cursor seen; 0 for all that the log still holds.</param>
    /// <param name="cancellation">Ends the stream.</param>
    IAsyncEnumerable<MessengerEvent> EventsAsync(long after, CancellationToken cancellation);

    /// <summary>The messages with a contact, oldest first.</summary>
    /// <param name="contact">The other side.</param>
    /// <param name="before">Only such as were stored before this one; <see langword="null"/>: the latest.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="cancellation">Stops.</param>
    Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, int limit, CancellationToken cancellation);

    /// <summary>The messages that hold a text, whatever the case of its letters, the newest first. It looks through them one by one.</summary>
    /// <param name="text">What to look for; not empty. Letters that Unicode writes in several ways are found in the way they are given.</param>
    /// <param name="contact">The other side; <see langword="null"/>: anybody.</param>
    /// <param name="before">Only such as were stored before this one; <see langword="null"/>: from the latest.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="cancellation">Stops.</param>
    Task<IReadOnlyList<StoredMessage>> SearchAsync(string text, Username? contact, MessageId? before, int limit, CancellationToken cancellation);

    /// <summary>Deletes a message here; the other side keeps theirs. A repeat of it is still recognised.</summary>
    /// <returns>Whether it was there; one that waits to go out stays.</returns>
    Task<bool> DeleteMessageAsync(MessageId id, CancellationToken cancellation);

    /// <summary>Deletes all messages with a contact here, but those that wait to go out. The contact and the pinned keys stay.</summary>
    /// <returns>How many were deleted.</returns>
    Task<int> DeleteConversationAsync(Username contact, CancellationToken cancellation);

    /// <summary>Lets all messages with a contact be deleted here after a time, those that are there too.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="after">From 1 second; <see langword="null"/>: as long as the settings say.</param>
    /// <param name="cancellation">Stops.</param>
    Task DisappearAsync(Username contact, TimeSpan? after, CancellationToken cancellation);

    /// <summary>Everybody this session has talked to, in the order of their names.</summary>
    Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation);

    /// <summary>Marks everything from a contact as read.</summary>
    Task MarkReadAsync(Username contact, CancellationToken cancellation);

    /// <summary>Accepts a contact's changed keys: the person has compared the fingerprint.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="fingerprint">The keys that are accepted: those offered, and no others that came meanwhile.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether these keys are now pinned; <see langword="false"/> where they are not those on offer.</returns>
    Task<bool> TrustAsync(Username contact, Fingerprint fingerprint, CancellationToken cancellation);

    /// <summary>How the session is doing.</summary>
    Task<MessengerStatus> StatusAsync(CancellationToken cancellation);
}
