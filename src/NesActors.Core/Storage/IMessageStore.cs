using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Contacts;
using NesActors.Core.Storage.Delivery;
using NesActors.Core.Suites;

namespace NesActors.Core.Storage;

/// <summary>
/// What one identity's session remembers: frames not yet looked through, messages, what waits to go out, contacts, and the log of events that
/// every front-end reads. Safe for several threads at once; what one caller asks for in an order is done in that order. A write whose task has ended
/// lasts as long as the store does; one that was accepted is done, whether its caller still waits or not.
/// </summary>
public interface IMessageStore : IMessageArchive, IContactBook, IDeliveryStore, IAsyncDisposable
{
    /// <summary>Puts raw frames into the spool, from the first as many as there is room for: from now on these may be acknowledged.</summary>
    /// <returns>Their numbers, growing with each frame.</returns>
    Task<IReadOnlyList<SpoolId>> SpoolAsync(IReadOnlyList<ReadOnlyMemory<byte>> frames, CancellationToken cancellation);

    /// <summary>The frames in the spool behind one, in the order in which they came: what a session has left to the next.</summary>
    /// <param name="after">The last one seen; <c>default</c>: from the first.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Stops.</param>
    Task<IReadOnlyList<SpooledFrame>> SpooledAsync(SpoolId after, int limit, CancellationToken cancellation);

    /// <summary>
    /// Says that a frame waits for the keys of a sender who is no contact, and who may be invented. Such frames have a part of the spool alone, and each
    /// sender a part of that: beyond it, the oldest of this sender leave the spool.
    /// </summary>
    /// <returns>Those that have left it.</returns>
    Task<IReadOnlyList<SpoolId>> HoldAsync(SpoolId id, Username claimedSender, CancellationToken cancellation);

    /// <summary>Removes a frame that was dropped.</summary>
    Task DropAsync(SpoolId id, CancellationToken cancellation);

    /// <summary>
    /// In one step: removes the frame from the spool and, where its content was not seen before, stores the message and logs it, as a request where the sender is a stranger. The number of one that has one is
    /// remembered, whether it was seen before or not, unless it is under a changed key.
    /// </summary>
    /// <returns>The message as stored; <see langword="null"/> where the same content from the same sender was seen before.</returns>
    Task<StoredMessage?> ReceiveAsync(SpoolId id, ReceivedContent content, CancellationToken cancellation);

    /// <summary>Stores a message that is to go out and logs it; a stranger to whom it goes is accepted by that. The same id a second time changes nothing.</summary>
    /// <returns>The message as stored, and whether it is new.</returns>
    Task<(StoredMessage Message, bool IsNew)> QueueAsync(MessageId id, Message message, CancellationToken cancellation);

    /// <summary>Keeps the bytes that are about to be published: from now on they may have left. Of a message that is settled they are kept until it is confirmed.</summary>
    Task StoreFrameAsync(MessageId id, OutgoingFrame frame, CancellationToken cancellation);

    /// <summary>Says that the bytes kept last have certainly not left.</summary>
    Task NotSentAsync(MessageId id, CancellationToken cancellation);

    /// <summary>All messages that are not settled, in the order in which they were queued: what a session has left to the next.</summary>
    Task<IReadOnlyList<OutboxEntry>> OutboxAsync(CancellationToken cancellation);

    /// <summary>
    /// Records how far an outgoing message has come, and logs it. All states but <see cref="MessageState.Queued"/> take it out of the outbox; one that has a number and has left, or
    /// may have, is unconfirmed from then on. What is delivered stays delivered.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such message.</exception>
    Task<StoredMessage> AdvanceAsync(MessageId id, MessageState state, SendFailure failure, string? detail, CancellationToken cancellation);

    /// <summary>Takes note of the keys that the directory shows for somebody: pins the first, puts others on offer. Logs it where it is a change.</summary>
    /// <returns>The contact after that; where pins last, it has been written.</returns>
    Task<Contact> SeeKeysAsync(Username user, ShownKeys shown, CancellationToken cancellation);

    /// <summary>The person accepts keys that are on offer, and what they say of suites counts at once.</summary>
    /// <param name="contact">Whose they are.</param>
    /// <param name="accept">Which.</param>
    /// <param name="offers">What they say of suites; <see langword="null"/>: nothing follows.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>As <see cref="IContactBook.ChangeContactAsync"/>.</returns>
    Task<Contact?> AcceptKeysAsync(Username contact, ContactChange.AcceptKeys accept, IReadOnlyList<SuiteOffer>? offers, CancellationToken cancellation);

    /// <summary>Takes note of what an accepted contact has told of suites, under the pinned keys; of anybody else nothing is kept. Logs it where others see a change.</summary>
    /// <returns>The contact after that.</returns>
    Task<Contact> HearAsync(Username user, ContactCapabilities capabilities, CancellationToken cancellation);

    /// <summary>What a contact has told of suites.</summary>
    Task<ContactCapabilities> CapabilitiesAsync(Username user, CancellationToken cancellation);

    /// <summary>When what somebody sent last failed the proof and led to a look-up; <see langword="null"/>: never.</summary>
    Task<DateTimeOffset?> DoubtedAsync(Username user, CancellationToken cancellation);

    /// <summary>Says that it does so now.</summary>
    Task DoubtAsync(Username user, CancellationToken cancellation);

    /// <summary>See <see cref="IMessenger.UnreadAsync"/>. What is kept without its text is not among them.</summary>
    Task<IReadOnlyList<MessageReceived>> UnreadAsync(int limit, CancellationToken cancellation);

    /// <summary>Logs that the connection came or went.</summary>
    Task LogConnectionAsync(ConnectionState state, TransportFailure? failure, string? detail, CancellationToken cancellation);

    /// <summary>See <see cref="IMessenger.EventsAsync"/>.</summary>
    IAsyncEnumerable<MessengerEvent> EventsAsync(long after, CancellationToken cancellation);

    /// <summary>See <see cref="IMessenger.EventPageAsync"/>.</summary>
    Task<EventPage> EventPageAsync(long after, int limit, bool arrivalsOnly, CancellationToken cancellation);

    /// <summary>The position of the newest event; 0 before the first.</summary>
    long LastCursor { get; }

    /// <summary>How many frames are in the spool.</summary>
    int SpoolCount { get; }
}

/// <summary>A verified message on its way into the store.</summary>
/// <param name="Message">The message.</param>
/// <param name="ContentHash">What a repeat is recognised by.</param>
/// <param name="UnderChangedKey">Signed by other keys than the pinned ones.</param>
/// <param name="IsOutOfTime">Its time is far from ours.</param>
public sealed record ReceivedContent(Message Message, ReadOnlyMemory<byte> ContentHash, bool UnderChangedKey, bool IsOutOfTime)
{
    /// <summary>By a weaker suite than the sender is known to have.</summary>
    public bool IsOlderSuite { get; init; }

    /// <summary>What its sender says stands before it; empty where that is nothing.</summary>
    public ReadOnlyMemory<byte> Previous => Message.Delivery?.Previous ?? default;

    /// <summary>Its place in the sender's numbering; <see langword="null"/> where it has none, and where it may be somebody else's.</summary>
    public MessageNumber? Number =>
        !UnderChangedKey && Message.Delivery is { Stream: { } stream, Sequence: { } sequence } ? new MessageNumber(stream, sequence) : null;
}
