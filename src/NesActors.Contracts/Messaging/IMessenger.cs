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

    /// <summary>Stands for the user's own public keys: what contacts see as the fingerprint of this user, and what safety numbers are made with (<see cref="SafetyNumber.Of"/>).</summary>
    Fingerprint MyFingerprint { get; }

    /// <summary>The newest position in the log of events when the session began: behind it is what happens in this session.</summary>
    long StartCursor { get; }

    /// <summary>Accepts a message for sending; it goes out as soon as it can, behind those before it to the same recipient: those whose call began before, whether their callers have waited for them or not.</summary>
    /// <returns>Its name, by which events tell how it goes on. The first of them (<see cref="MessageState.Queued"/>) is in the log already.</returns>
    /// <exception cref="ArgumentException">The text is longer than <see cref="Message.MaxTextBytes"/>, or is no valid Unicode.</exception>
    Task<MessageId> SendAsync(Username to, string text, CancellationToken cancellation);

    /// <summary>As <see cref="SendAsync(Username, string, CancellationToken)"/>, under a name that the caller made with <see cref="MessageId.New"/>. The same name a second time changes nothing, so that a call whose answer was lost can be made again.</summary>
    /// <exception cref="ArgumentException">The text is longer than <see cref="Message.MaxTextBytes"/>, or is no valid Unicode.</exception>
    Task SendAsync(MessageId id, Username to, string text, CancellationToken cancellation);

    /// <summary>Waits until a message has left, failed, or cannot be known; one that has not left when the time is over is withdrawn.</summary>
    /// <param name="id">A message of this session.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Stops waiting, and withdraws nothing.</param>
    /// <returns>The message in its last state. Withdrawn for want of time, it is <see cref="MessageState.Failed"/> with the cause of the delay.</returns>
    /// <exception cref="KeyNotFoundException">There is no such message.</exception>
    Task<StoredMessage> SettleAsync(MessageId id, TimeSpan timeout, CancellationToken cancellation);

    /// <summary>Waits until a message has come so far, or can come no further by itself. It goes on its way whether somebody waits or not.</summary>
    /// <param name="id">An outgoing message.</param>
    /// <param name="until"><see cref="MessageState.Published"/>, <see cref="MessageState.Delivered"/> or <see cref="MessageState.Read"/>.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The message as it is then.</returns>
    /// <exception cref="KeyNotFoundException">There is no such message.</exception>
    Task<StoredMessage> WaitAsync(MessageId id, MessageState until, TimeSpan timeout, CancellationToken cancellation);

    /// <summary>All events behind a position, then those to come, for ever. Reading consumes nothing.</summary>
    /// <param name="after">The last cursor seen; 0 for all that the log still holds.</param>
    /// <param name="cancellation">Ends the stream.</param>
    IAsyncEnumerable<MessengerEvent> EventsAsync(long after, CancellationToken cancellation);

    /// <summary>Events behind a position, as far as the log has come. It waits for none, and reading consumes nothing.</summary>
    /// <param name="after">The last cursor seen; 0 for all that the log still holds. Behind one that lies ahead of the log there is nothing.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="arrivalsOnly">Whether to read <see cref="MessageReceived"/> alone, and pass over the rest.</param>
    /// <param name="cancellation">Stops.</param>
    Task<EventPage> EventPageAsync(long after, int limit, bool arrivalsOnly, CancellationToken cancellation);

    /// <summary>A message by its id.</summary>
    /// <returns><see langword="null"/> where there is none, or none any more.</returns>
    Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation);

    /// <summary>The messages with a contact, oldest first: the last of those that are asked for, or, where <paramref name="after"/> is given, the first of them. So both ways can be paged.</summary>
    /// <param name="contact">The other side.</param>
    /// <param name="before">Only such as were stored before this one; <see langword="null"/>: up to the latest. There are none before one that is not there.</param>
    /// <param name="after">Only such as were stored after this one; <see langword="null"/>: from the first. There are none after one that is not there.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="cancellation">Stops.</param>
    Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, MessageId? after, int limit, CancellationToken cancellation);

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

    /// <summary>
    /// Lets all messages with a contact be deleted here after a time, those that are there too. <see cref="Contact.DisappearAfter"/> tells it, and every front-end sees a real change as <see cref="ContactChanged"/>.
    /// </summary>
    /// <param name="contact">The contact, who need not have been heard of before.</param>
    /// <param name="after">From 1 second, parts of a second are dropped; <see langword="null"/>: as long as the settings say.</param>
    /// <param name="cancellation">Stops.</param>
    Task DisappearAsync(Username contact, TimeSpan? after, CancellationToken cancellation);

    /// <summary>Everybody who is known here: whose keys were seen, with whom there are messages, or about whom the person decided something; in the order of their names.</summary>
    Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation);

    /// <summary>A contact; one who was never heard of is a stranger, and <see cref="TrustState.Unseen"/>.</summary>
    Task<Contact> ContactAsync(Username user, CancellationToken cancellation);

    /// <summary>Asks the key directory now for the keys of a contact, who need not have been heard of before. The first that are seen are pinned, as writing to them would; others than the pinned ones are put on offer.</summary>
    /// <returns>The contact after that, or why there are no keys.</returns>
    Task<KeyLookUp> LookUpAsync(Username contact, CancellationToken cancellation);

    /// <summary>What has arrived and was not read, as the log tells of it, the oldest first.</summary>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="cancellation">Stops.</param>
    Task<IReadOnlyList<MessageReceived>> UnreadAsync(int limit, CancellationToken cancellation);

    /// <summary>Marks what came from a contact as read.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="upTo">The last message that was read; <see langword="null"/>: all.</param>
    /// <param name="cancellation">Stops.</param>
    Task MarkReadAsync(Username contact, MessageId? upTo, CancellationToken cancellation);

    /// <summary>Does what the person has decided about a contact, who need not have been heard of before. Every front-end sees a real change as <see cref="ContactChanged"/>.</summary>
    /// <param name="contact">The contact.</param>
    /// <param name="change">The decision.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The contact after that; <see langword="null"/> where the decision does not apply: to other keys than those on offer, for instance.</returns>
    Task<Contact?> ChangeContactAsync(Username contact, ContactChange change, CancellationToken cancellation);

    /// <summary>How the session is doing.</summary>
    Task<MessengerStatus> StatusAsync(CancellationToken cancellation);
}
