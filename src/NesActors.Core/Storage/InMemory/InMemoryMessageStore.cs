using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Contacts;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Storage.InMemory;

/// <summary>
/// A store that lasts as long as the process, pins and all, and of which the oldest messages and events go when there are many.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="spoolCapacity">How many bytes of frames wait at most.</param>
public sealed partial class InMemoryMessageStore(TimeProvider clock, long spoolCapacity = 64L << 20) : IMessageStore
{
    private readonly Lock _gate = new();
    private readonly SpoolAccount _spool = new(spoolCapacity);
    private readonly SortedDictionary<long, ReadOnlyMemory<byte>> _frames = [];
    private readonly Outbox _outbox = new();
    private readonly DeliveryBook _delivery = new();
    private readonly SeenContents _seen = new();
    private readonly EventLog _events = new();
    private readonly MessageTable _messages = new();
    private readonly SortedDictionary<Username, ContactEntry> _contacts = [];
    private readonly Dictionary<Username, int> _unread = [];
    private readonly Dictionary<Username, DateTimeOffset> _doubted = [];
    private readonly Dictionary<Username, TimeSpan> _disappearing = [];
    private long _lastFrame;

    /// <inheritdoc/>
    public int SpoolCount => _spool.Count;

    /// <inheritdoc/>
    public long LastCursor => _events.Last;

    /// <inheritdoc/>
    public Task<IReadOnlyList<SpoolId>> SpoolAsync(IReadOnlyList<ReadOnlyMemory<byte>> frames, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var ids = new List<SpoolId>();
            foreach (var frame in frames)
            {
                if (!_spool.TryReserve(frame.Length)) break;
                var id = new SpoolId(++_lastFrame);
                _frames.Add(id.Value, frame);
                _spool.Keep(id, frame.Length);
                ids.Add(id);
            }
            return Task.FromResult<IReadOnlyList<SpoolId>>(ids);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SpooledFrame>> SpooledAsync(SpoolId after, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<SpooledFrame>>(
                [.. _frames.Where(entry => entry.Key > after.Value).Take(limit).Select(entry => new SpooledFrame(new SpoolId(entry.Key), entry.Value))]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SpoolId>> HoldAsync(SpoolId id, Username claimedSender, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var tooMany = _spool.Hold(id, claimedSender);
            foreach (var one in tooMany) Unspool(one);
            return Task.FromResult(tooMany);
        }
    }

    /// <inheritdoc/>
    public Task DropAsync(SpoolId id, CancellationToken cancellation)
    {
        lock (_gate) Unspool(id);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<StoredMessage?> ReceiveAsync(SpoolId id, ReceivedContent content, CancellationToken cancellation)
    {
        var (message, hash, underChangedKey, isOutOfTime) = content;
        lock (_gate)
        {
            Unspool(id);
            var breaksChain = content.Number is { } number && _delivery.Receive(number, content);
            if (!_seen.TryAdd(message.From, hash.Span)) return Task.FromResult<StoredMessage?>(null);
            var now = clock.GetUtcNow();
            var stored = new StoredMessage(
                MessageId.New(clock), message.From, MessageDirection.Incoming, message.SentAt, now, message.Text, MessageState.Received)
            {
                UnderChangedKey = underChangedKey,
                IsOutOfTime = isOutOfTime,
                IsOlderSuite = content.IsOlderSuite,
                BreaksChain = breaksChain,
                IsRequest = Entry(message.From).Standing == ContactStanding.Stranger,
            };
            _messages.Add(stored);
            if (content.Number is { } place) _delivery.Tell(stored.Id, place);
            _contacts.TryAdd(message.From, ContactEntry.None);
            _unread[message.From] = _unread.GetValueOrDefault(message.From) + 1;
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
            _outbox.Add(id);
            Change(message.To, known => known.Written());
            _events.Append(cursor => new MessageStateChanged(cursor, stored.RecordedAt, stored));
            return Task.FromResult((stored, true));
        }
    }

    /// <inheritdoc/>
    public Task StoreFrameAsync(MessageId id, OutgoingFrame frame, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_outbox.Has(id)) _outbox.StoreFrame(id, frame);
            else if (_messages.Find(id) is { } message) _delivery.Replace(message.Contact, id, frame);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task NotSentAsync(MessageId id, CancellationToken cancellation)
    {
        lock (_gate) _outbox.NotSent(id);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxEntry>> OutboxAsync(CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult<IReadOnlyList<OutboxEntry>>([.. _outbox.All(id => _messages.Find(id)!).Select(_delivery.Numbered)]);
    }

    /// <inheritdoc/>
    public Task<StoredMessage> AdvanceAsync(
        MessageId id, MessageState state, SendFailure failure, string? detail, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var known = _messages.Find(id) ?? throw new KeyNotFoundException("There is no such message.");
            if (known.State is MessageState.Delivered or MessageState.Read) return Task.FromResult(known);
            if (state == MessageState.Published) _delivery.Publish(known.Contact, id);
            return Task.FromResult(Advance(known with { State = state, Failure = failure, Detail = detail }));
        }
    }

    /// <inheritdoc/>
    public Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation)
    {
        lock (_gate) return Task.FromResult(_messages.Find(id));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, MessageId? after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        lock (_gate)
        {
            Sweep();
            return Task.FromResult(_messages.Page(contact, before, after, limit));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredMessage>> SearchAsync(string text, Username? contact, MessageId? before, int limit, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<IReadOnlyList<StoredMessage>>(cancellation);
        lock (_gate)
        {
            Sweep();
            return Task.FromResult(_messages.Search(text, contact, before, limit));
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
    public Task<EventPage> EventPageAsync(long after, int limit, bool arrivalsOnly, CancellationToken cancellation) => Task.FromResult(_events.Page(after, limit, arrivalsOnly));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Unspool(SpoolId id)
    {
        _frames.Remove(id.Value);
        _spool.Remove(id);
    }

    private StoredMessage Advance(StoredMessage advanced)
    {
        _messages.Replace(advanced);
        if (advanced.State != MessageState.Queued && _outbox.Remove(advanced.Id) is var (frame, mayHaveLeft)) _delivery.Settle(new OutboxEntry(advanced, frame, mayHaveLeft), advanced.State);
        _events.Append(cursor => new MessageStateChanged(cursor, clock.GetUtcNow(), advanced));
        return advanced;
    }
}
