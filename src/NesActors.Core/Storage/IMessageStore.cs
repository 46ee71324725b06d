using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;

namespace NesActors.Core.Storage;

/// <summary>
/// What one identity's session remembers: frames not yet looked through, messages, contacts, and the log of events that every front-end
/// reads. Safe for several threads at once; what one caller asks for in an order is done in that order.
/// </summary>
public interface IMessageStore : IAsyncDisposable
{
    /// <summary>Puts a raw frame into the spool: from now on it may be acknowledged.</summary>
    /// <returns>Its number, growing with each frame; <see langword="null"/> where there is no room.</returns>
    Task<SpoolId?> SpoolAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation);

    /// <summary>Removes a frame that was dropped.</summary>
    Task DropAsync(SpoolId id, CancellationToken cancellation);

    /// <summary>In one step: removes the frame from the spool and, where its content was not seen before, stores the message and logs it.</summary>
    /// <returns>The message as stored; <see langword="null"/> where the same content from the same sender was seen before.</returns>
    Task<StoredMessage?> ReceiveAsync(SpoolId id, ReceivedContent content, CancellationToken cancellation);

    /// <summary>Stores a message that is to go out and logs it. The same id a second time changes nothing.</summary>
    /// <returns>The message as stored, and whether it is new.</returns>
    Task<(StoredMessage Message, bool IsNew)> QueueAsync(MessageId id, Message message, CancellationToken cancellation);

    /// <summary>Records how far an outgoing message has come, and logs it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such message.</exception>
    Task<StoredMessage> AdvanceAsync(MessageId id, MessageState state, SendFailure failure, string? detail, CancellationToken cancellation);

    /// <summary>A message by its id; <see langword="null"/> where there is none.</summary>
    Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation);

    /// <summary>See <see cref="IMessenger.HistoryAsync"/>.</summary>
    Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, int limit, CancellationToken cancellation);

    /// <summary>A contact; one who was never heard of is <see cref="TrustState.Unseen"/>.</summary>
    Task<Contact> ContactAsync(Username user, CancellationToken cancellation);

    /// <summary>Takes note of the keys that the directory shows for somebody: pins the first, puts others on offer. Logs it where it is a change.</summary>
    /// <returns>The contact after that; where pins last, it has been written.</returns>
    Task<Contact> SeeKeysAsync(Username user, Fingerprint shown, Vouching vouched, CancellationToken cancellation);

    /// <summary>Pins the keys that are on offer, as the person decided, and logs it.</summary>
    /// <returns>The contact after that; <see langword="null"/> where other keys are on offer, or none.</returns>
    Task<Contact?> AcceptKeysAsync(Username user, Fingerprint accepted, CancellationToken cancellation);

    /// <summary>All contacts in the order of their names.</summary>
    Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation);

    /// <summary>Marks all that came from a contact as read, and logs it where it is a change.</summary>
    Task MarkReadAsync(Username contact, CancellationToken cancellation);

    /// <summary>Logs that the connection came or went.</summary>
    Task LogConnectionAsync(ConnectionState state, TransportFailure? failure, string? detail, CancellationToken cancellation);

    /// <summary>See <see cref="IMessenger.EventsAsync"/>.</summary>
    IAsyncEnumerable<MessengerEvent> EventsAsync(long after, CancellationToken cancellation);

    /// <summary>The position of the newest event; 0 before the first.</summary>
    long LastCursor { get; }

    /// <summary>How many frames are in the spool.</summary>
    int SpoolCount { get; }
}

/// <summary>A frame's number in the spool.</summary>
public readonly record struct SpoolId(long Value);

/// <summary>A verified message on its way into the store.</summary>
/// <param name="Message">The message.</param>
/// <param name="ContentHash">What a repeat is recognised by.</param>
/// <param name="UnderChangedKey">Signed by other keys than the pinned ones.</param>
/// <param name="IsOutOfTime">Its time is far from ours.</param>
public sealed record ReceivedContent(Message Message, ReadOnlyMemory<byte> ContentHash, bool UnderChangedKey, bool IsOutOfTime);
