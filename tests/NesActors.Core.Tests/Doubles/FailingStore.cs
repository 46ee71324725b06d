using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Contacts;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Delivery;
using NesActors.Core.Storage.InMemory;
using NesActors.Core.Storage.State;
using NesActors.Core.Suites;

namespace NesActors.Core.Tests.Doubles;

/// <summary>A store that works until it must record how far a message has come, as on a full disk.</summary>
internal sealed class FailingStore(TimeProvider clock) : IMessageStore
{
    private readonly InMemoryMessageStore _inner = new(clock);

    public StateException Failure { get; } = new("The disk is full: make room");

    public long LastCursor => _inner.LastCursor;

    public int SpoolCount => _inner.SpoolCount;

    public Task<IReadOnlyList<SpoolId>> SpoolAsync(IReadOnlyList<ReadOnlyMemory<byte>> frames, CancellationToken cancellation) => _inner.SpoolAsync(frames, cancellation);

    public Task<IReadOnlyList<SpooledFrame>> SpooledAsync(SpoolId after, int limit, CancellationToken cancellation) => _inner.SpooledAsync(after, limit, cancellation);

    public Task<IReadOnlyList<SpoolId>> HoldAsync(SpoolId id, Username claimedSender, CancellationToken cancellation) => _inner.HoldAsync(id, claimedSender, cancellation);

    public Task DropAsync(SpoolId id, CancellationToken cancellation) => _inner.DropAsync(id, cancellation);

    public Task<StoredMessage?> ReceiveAsync(SpoolId id, ReceivedContent content, CancellationToken cancellation) => _inner.ReceiveAsync(id, content, cancellation);

    public Task<(StoredMessage Message, bool IsNew)> QueueAsync(MessageId id, Message message, CancellationToken cancellation) =>
        _inner.QueueAsync(id, message, cancellation);

    public Task StoreFrameAsync(MessageId id, OutgoingFrame frame, CancellationToken cancellation) => _inner.StoreFrameAsync(id, frame, cancellation);

    public Task NotSentAsync(MessageId id, CancellationToken cancellation) => _inner.NotSentAsync(id, cancellation);

    public Task<IReadOnlyList<OutboxEntry>> OutboxAsync(CancellationToken cancellation) => _inner.OutboxAsync(cancellation);

    public Task<StoredMessage> AdvanceAsync(MessageId id, MessageState state, SendFailure failure, string? detail, CancellationToken cancellation) =>
        Task.FromException<StoredMessage>(Failure);

    public Task<Contact> HearAsync(Username user, ContactCapabilities capabilities, CancellationToken cancellation) => _inner.HearAsync(user, capabilities, cancellation);

    public Task<ContactCapabilities> CapabilitiesAsync(Username user, CancellationToken cancellation) => _inner.CapabilitiesAsync(user, cancellation);

    public Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation) => _inner.FindAsync(id, cancellation);

    public Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, MessageId? after, int limit, CancellationToken cancellation) =>
        _inner.HistoryAsync(contact, before, after, limit, cancellation);

    public Task<IReadOnlyList<StoredMessage>> SearchAsync(string text, Username? contact, MessageId? before, int limit, CancellationToken cancellation) =>
        _inner.SearchAsync(text, contact, before, limit, cancellation);

    public Task<bool> DeleteMessageAsync(MessageId id, CancellationToken cancellation) => _inner.DeleteMessageAsync(id, cancellation);

    public Task<int> DeleteConversationAsync(Username contact, CancellationToken cancellation) => _inner.DeleteConversationAsync(contact, cancellation);

    public Task DisappearAsync(Username contact, TimeSpan? after, CancellationToken cancellation) => _inner.DisappearAsync(contact, after, cancellation);

    public Task<Contact> ContactAsync(Username user, CancellationToken cancellation) => _inner.ContactAsync(user, cancellation);

    public Task<Contact> SeeKeysAsync(Username user, ShownKeys shown, CancellationToken cancellation) =>
        _inner.SeeKeysAsync(user, shown, cancellation);

    public Task<Contact?> ChangeContactAsync(Username contact, ContactChange change, CancellationToken cancellation) =>
        _inner.ChangeContactAsync(contact, change, cancellation);

    public Task<Contact?> AcceptKeysAsync(Username contact, ContactChange.AcceptKeys accept, IReadOnlyList<SuiteOffer>? offers, CancellationToken cancellation) =>
        _inner.AcceptKeysAsync(contact, accept, offers, cancellation);

    public Task<DateTimeOffset?> DoubtedAsync(Username user, CancellationToken cancellation) => _inner.DoubtedAsync(user, cancellation);

    public Task DoubtAsync(Username user, CancellationToken cancellation) => _inner.DoubtAsync(user, cancellation);

    public Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation) => _inner.ContactsAsync(cancellation);

    public Task<IReadOnlyList<MessageReceived>> UnreadAsync(int limit, CancellationToken cancellation) => _inner.UnreadAsync(limit, cancellation);

    public Task MarkReadAsync(Username contact, MessageId? upTo, CancellationToken cancellation) => _inner.MarkReadAsync(contact, upTo, cancellation);

    public Task LogConnectionAsync(ConnectionState state, TransportFailure? failure, string? detail, CancellationToken cancellation) =>
        _inner.LogConnectionAsync(state, failure, detail, cancellation);

    public IAsyncEnumerable<MessengerEvent> EventsAsync(long after, CancellationToken cancellation) => _inner.EventsAsync(after, cancellation);

    public Task<EventPage> EventPageAsync(long after, int limit, bool arrivalsOnly, CancellationToken cancellation) => _inner.EventPageAsync(after, limit, arrivalsOnly, cancellation);

    public Task<ContactDelivery> DeliveryAsync(Username contact, CancellationToken cancellation) => _inner.DeliveryAsync(contact, cancellation);

    public Task<ChainedNumber> NumberAsync(MessageId id, CancellationToken cancellation) => _inner.NumberAsync(id, cancellation);

    public Task ConfirmAsync(Username contact, Acknowledgement ack, CancellationToken cancellation) => _inner.ConfirmAsync(contact, ack, cancellation);

    public Task<long> ReadUpToAsync(Username contact, StreamId stream, CancellationToken cancellation) => _inner.ReadUpToAsync(contact, stream, cancellation);

    public Task<IReadOnlyList<UnconfirmedMessage>> UnconfirmedAsync(Username contact, int limit, CancellationToken cancellation) =>
        _inner.UnconfirmedAsync(contact, limit, cancellation);

    public Task<IReadOnlyList<Username>> AwaitedAsync(CancellationToken cancellation) => _inner.AwaitedAsync(cancellation);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
