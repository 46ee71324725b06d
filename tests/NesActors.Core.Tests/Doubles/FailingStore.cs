using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Storage;
using NesActors.Core.Storage.InMemory;

namespace NesActors.Core.Tests.Doubles;

/// <summary>A store that works until it must record how far a message has come, as on a full disk.</summary>
internal sealed class FailingStore(TimeProvider clock) : IMessageStore
{
    private readonly InMemoryMessageStore _inner = new(clock);

    public long LastCursor => _inner.LastCursor;

    public int SpoolCount => _inner.SpoolCount;

    public Task<SpoolId?> SpoolAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation) => _inner.SpoolAsync(frame, cancellation);

    public Task DropAsync(SpoolId id, CancellationToken cancellation) => _inner.DropAsync(id, cancellation);

    public Task<StoredMessage?> ReceiveAsync(SpoolId id, ReceivedContent content, CancellationToken cancellation) => _inner.ReceiveAsync(id, content, cancellation);

    public Task<(StoredMessage Message, bool IsNew)> QueueAsync(MessageId id, Message message, CancellationToken cancellation) =>
        _inner.QueueAsync(id, message, cancellation);

    public Task<StoredMessage> AdvanceAsync(MessageId id, MessageState state, SendFailure failure, string? detail, CancellationToken cancellation) =>
        Task.FromException<StoredMessage>(new IOException("No space left on device."));

    public Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation) => _inner.FindAsync(id, cancellation);

    public Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, int limit, CancellationToken cancellation) =>
        _inner.HistoryAsync(contact, before, limit, cancellation);

    public Task<Contact> ContactAsync(Username user, CancellationToken cancellation) => _inner.ContactAsync(user, cancellation);

    public Task<Contact> SeeKeysAsync(Username user, Fingerprint shown, Vouching vouched, CancellationToken cancellation) =>
        _inner.SeeKeysAsync(user, shown, vouched, cancellation);

    public Task<Contact?> AcceptKeysAsync(Username user, Fingerprint accepted, CancellationToken cancellation) =>
        _inner.AcceptKeysAsync(user, accepted, cancellation);

    public Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation) => _inner.ContactsAsync(cancellation);

    public Task MarkReadAsync(Username contact, CancellationToken cancellation) => _inner.MarkReadAsync(contact, cancellation);

    public Task LogConnectionAsync(ConnectionState state, TransportFailure? failure, string? detail, CancellationToken cancellation) =>
        _inner.LogConnectionAsync(state, failure, detail, cancellation);

    public IAsyncEnumerable<MessengerEvent> EventsAsync(long after, CancellationToken cancellation) => _inner.EventsAsync(after, cancellation);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
