using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;

namespace NesActors.Core.Storage.InMemory;

/// <summary>
/// A store that lasts as long as the process, and of which the oldest messages and events go when there are many. For one-shot commands,
/// tests and sessions whose history is off.
/// </summary>
public sealed class InMemoryMessageStore(TimeProvider clock, long spoolCapacity = 64L << 20) : IMessageStore
{
    private readonly Lock _gate = new();
    private readonly Spool _spool = new(spoolCapacity);
    private readonly SeenContents _seen = new();
    private readonly EventLog _events = new();
    private readonly MessageTable _messages = new();
    private readonly SortedDictionary<Username, Contact> _contacts = [];

    /// <inheritdoc/>
    public int SpoolCount
    {
        get { lock (_gate) return _spool.Count; }
    }

    /// <inheritdoc/>
    public long LastCursor => _events.Last;

    /// <inheritdoc/>
    public Task<SpoolId?> SpoolAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(_spool.TryAdd(frame.Length));
    }

    /// <inheritdoc/>
    public Task DropAsync(SpoolId id, CancellationToken cancellation)
    {
        lock (_gate) _spool.Remove(id);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<StoredMessage?> ReceiveAsync(SpoolId id, ReceivedContent content, CancellationToken cancellation)
    {
        var (message, hash, underChangedKey, isOutOfTime) = content;
        lock (_gate)
        {
            _spool.Remove(id);
            if (!_seen.TryAdd(message.From, hash.Span)) return Task.FromResult<StoredMessage?>(null);
            var now = clock.GetUtcNow();
            var stored = new StoredMessage(
                MessageId.New(clock), message.From, MessageDirection.Incoming, message.SentAt, now, message.Text, MessageState.Received)
            {
                UnderChangedKey = underChangedKey,
                IsOutOfTime = isOutOfTime,
            };
            _messages.Add(stored);
            var contact = Known(message.From);
            _contacts[message.From] = contact with { Unread = contact.Unread + 1 };
            _events.Append(cursor => new MessageReceived(cursor, now, stored));
            return Task.FromResult<StoredMessage?>(stored);
        }
    }

    /// <inheritdoc/>
    public Task<(StoredMessage Message, bool IsNew)> QueueAsync(MessageId id, Message message, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_messages.Find(id) is { } known) return Task.FromResult((known, false));
            var stored = new StoredMessage(
                id, message.To, MessageDirection.Outgoing, message.SentAt, clock.GetUtcNow(), message.Text, MessageState.Queued);
            _messages.Add(stored);
            _contacts[message.To] = Known(message.To);
            _events.Append(cursor => new MessageStateChanged(cursor, stored.RecordedAt, stored));
            return Task.FromResult((stored, true));
        }
    }

    /// <inheritdoc/>
    public Task<StoredMessage> AdvanceAsync(
        MessageId id, MessageState state, SendFailure failure, string? detail, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var known = _messages.Find(id) ?? throw new KeyNotFoundException("There is no such message.");
            var advanced = known with { State = state, Failure = failure, Detail = detail };
            _messages.Replace(advanced);
            _events.Append(cursor => new MessageStateChanged(cursor, clock.GetUtcNow(), advanced));
            return Task.FromResult(advanced);
        }
    }

    /// <inheritdoc/>
    public Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(_messages.Find(id));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        lock (_gate) return Task.FromResult(_messages.Page(contact, before, limit));
    }

    /// <inheritdoc/>
    public Task<Contact> ContactAsync(Username user, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(Known(user));
    }

    /// <inheritdoc/>
    public Task SaveTrustAsync(Username user, TrustState trust, Fingerprint? pinned, Fingerprint? offered, CancellationToken cancellation)
    {
        lock (_gate)
        {
            Change(Known(user) with { Trust = trust, Pinned = pinned, Offered = offered });
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<Contact>>([.. _contacts.Values]);
    }

    /// <inheritdoc/>
    public Task MarkReadAsync(Username contact, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_contacts.TryGetValue(contact, out var known) || known.Unread == 0) return Task.CompletedTask;
            _messages.MarkRead(contact);
            Change(known with { Unread = 0 });
            return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task LogConnectionAsync(ConnectionState state, TransportFailure? failure, string? detail, CancellationToken cancellation)
    {
        _events.Append(cursor => new ConnectionChanged(cursor, clock.GetUtcNow(), state, detail) { Failure = failure });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<MessengerEvent> EventsAsync(long after, CancellationToken cancellation) => _events.ReadAsync(after, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Contact Known(Username user) =>
        _contacts.TryGetValue(user, out var contact) ? contact : new Contact(user, TrustState.Unseen, null, null, 0);

    private void Change(Contact contact)
    {
        if (_contacts.TryGetValue(contact.User, out var known) && known == contact) return;
        _contacts[contact.User] = contact;
        _events.Append(cursor => new ContactChanged(cursor, clock.GetUtcNow(), contact));
    }
}
