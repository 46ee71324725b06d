using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Conversation;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.InMemory;

/// <summary>
/// A store that lasts as long as the process, and of which the oldest messages and events go when there are many. Whose keys are trusted lasts
/// longer where there is a durable memory.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="spoolCapacity">How many bytes of frames wait at most.</param>
/// <param name="state">The durable memory, not disposed by this; <see langword="null"/>: pins end with the process.</param>
public sealed class InMemoryMessageStore(TimeProvider clock, long spoolCapacity = 64L << 20, StateStore? state = null) : IMessageStore
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
    public Task<Contact> ContactAsync(Username user, CancellationToken cancellation) => InState(() =>
    {
        var trust = state?.TrustIn(user);
        lock (_gate)
        {
            if (trust is null or { Pinned: null }) return Known(user);
            return _contacts[user] = With(Known(user), trust);
        }
    }, cancellation);

    /// <inheritdoc/>
    public Task<Contact> SeeKeysAsync(Username user, Fingerprint shown, Vouching vouched, CancellationToken cancellation) =>
        InState(() => ChangeTrust(user, trust => trust.Seen(shown, vouched)), cancellation);

    /// <inheritdoc/>
    public Task<Contact?> AcceptKeysAsync(Username user, Fingerprint accepted, CancellationToken cancellation) => InState(() =>
    {
        var isOnOffer = false;
        var contact = ChangeTrust(user, trust =>
        {
            var changed = trust.Accept(accepted);
            isOnOffer = changed is not null;
            return changed ?? trust;
        });
        return isOnOffer ? contact : null;
    }, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation) => InState(() =>
    {
        var pins = state?.Contacts() ?? new Dictionary<Username, KeyTrust>();
        lock (_gate)
        {
            foreach (var (user, trust) in pins) _contacts[user] = With(Known(user), trust);
            return (IReadOnlyList<Contact>)[.. _contacts.Values];
        }
    }, cancellation);

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

    /// <summary>The database is a file that others may hold for a moment: no actor waits for it.</summary>
    private Task<T> InState<T>(Func<T> work, CancellationToken cancellation) => state is null ? Task.FromResult(work()) : Task.Run(work, cancellation);

    private Contact ChangeTrust(Username user, Func<KeyTrust, KeyTrust> change)
    {
        var lasting = state?.ChangeTrust(user, change);
        lock (_gate)
        {
            var known = Known(user);
            var contact = With(known, lasting ?? change(KeyTrust.Of(known)));
            Change(contact);
            return contact;
        }
    }

    private static Contact With(Contact contact, KeyTrust trust) =>
        contact with { Trust = trust.State, Pinned = trust.Pinned, Offered = trust.Offered, Vouched = trust.Vouched };

    private Contact Known(Username user) =>
        _contacts.TryGetValue(user, out var contact) ? contact : new Contact(user, TrustState.Unseen, null, null, 0);

    private void Change(Contact contact)
    {
        if (_contacts.TryGetValue(contact.User, out var known) && known == contact) return;
        _contacts[contact.User] = contact;
        _events.Append(cursor => new ContactChanged(cursor, clock.GetUtcNow(), contact));
    }
}
