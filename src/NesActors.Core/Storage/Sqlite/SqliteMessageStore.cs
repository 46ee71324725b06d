using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>
/// The store that lasts: <c>state.db</c> of an identity's state folder, in which what was said is sealed under <c>store.key</c>. One writer commits what waits
/// together; reading goes on beside it, on a connection of its own.
/// </summary>
public sealed partial class SqliteMessageStore : IMessageStore
{
    private readonly StateDatabase _readers;
    private readonly PreparedStatements _reading;
    private readonly StateDatabase _writers;
    private readonly StoreKey _key;
    private readonly RecentEvents _recent;
    private readonly SpoolAccount _spool;
    private readonly Retention _retention;
    private readonly HistoryRetention _history;
    private readonly TimeProvider _clock;

    private SqliteMessageStore(StateDatabase readers, StateDatabase writers, StoreKey key, TimeProvider clock, MessageStoreOptions options, string installation)
    {
        (_readers, _writers, _key, _clock, _history) = (readers, writers, key, clock, options.History);
        _reading = readers.Prepare();
        _spool = new SpoolAccount(options.SpoolCapacity);
        _recent = readers.Read(_ =>
        {
            SpoolTable.CountInto(_reading, _spool);
            return new RecentEvents(EventTable.Last(_reading));
        });
        if (!readers.Read(_ => NumberingTable.IsOf(_reading, installation))) writers.Write(connection => NumberingTable.Begin(connection, installation));
        Writer = new StoreWriter(writers, _recent, clock);
        _retention = new Retention(Writer, _recent, options.History, clock);
    }

    /// <inheritdoc/>
    public int SpoolCount => _spool.Count;

    /// <inheritdoc/>
    public long LastCursor => _recent.Last;

    internal StoreWriter Writer { get; }

    /// <summary>Opens the store of a state folder, which is made where it is missing.</summary>
    /// <exception cref="StateException">It cannot be used.</exception>
    public static SqliteMessageStore Open(string folder, TimeProvider clock, MessageStoreOptions? options = null)
    {
        options ??= new MessageStoreOptions();
        StateDatabase? readers = null, writers = null;
        StoreKey? key = null;
        try
        {
            writers = StateDatabase.Open(folder, options.Patience);
            readers = StateDatabase.Open(folder, options.Patience);
            key = KeyTable.Open(folder, writers, options.KeyWrap);
            return new SqliteMessageStore(readers, writers, key, clock, options, Installation.Of(folder));
        }
        catch
        {
            key?.Dispose();
            readers?.Dispose();
            writers?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SpoolId>> SpoolAsync(IReadOnlyList<ReadOnlyMemory<byte>> frames, CancellationToken cancellation)
    {
        var fitting = frames.TakeWhile(frame => _spool.TryReserve(frame.Length)).ToList();
        if (fitting.Count == 0) return [];
        try
        {
            var ids = await Writer.RunAsync(
                transaction => fitting.ConvertAll(frame => SpoolTable.Add(transaction.Statements, frame)), cancellation).ConfigureAwait(false);
            foreach (var (id, frame) in ids.Zip(fitting)) _spool.Keep(id, frame.Length);
            return ids;
        }
        catch
        {
            foreach (var frame in fitting) _spool.Release(frame.Length);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SpoolId>> HoldAsync(SpoolId id, Username claimedSender, CancellationToken cancellation)
    {
        var tooMany = _spool.Hold(id, claimedSender);
        foreach (var one in tooMany) await DropAsync(one, cancellation).ConfigureAwait(false);
        return tooMany;
    }

    /// <inheritdoc/>
    public async Task DropAsync(SpoolId id, CancellationToken cancellation)
    {
        await Writer.RunAsync(
            transaction =>
            {
                SpoolTable.Remove(transaction.Statements, id);
                return true;
            },
            cancellation).ConfigureAwait(false);
        _spool.Remove(id);
    }

    /// <inheritdoc/>
    public async Task<StoredMessage?> ReceiveAsync(SpoolId id, ReceivedContent content, CancellationToken cancellation)
    {
        var message = content.Message;
        var hash = _key.HashOf(message.From, content.ContentHash.Span);
        var now = _clock.GetMillisecondNow();
        var received = new StoredMessage(MessageId.New(_clock), message.From, MessageDirection.Incoming, message.SentAt, now, message.Text, MessageState.Received)
        {
            UnderChangedKey = content.UnderChangedKey,
            IsOutOfTime = content.IsOutOfTime,
            IsOlderSuite = content.IsOlderSuite,
        };
        var text = _history.IsOff ? null : MessageTable.SealText(_key, received);
        var stored = await Writer.RunAsync<StoredMessage?>(
            transaction =>
            {
                SpoolTable.Remove(transaction.Statements, id);
                var breaksChain = content.Number is { } number && ReceivedTable.Add(transaction.Statements, message.From, number, content);
                if (!SeenTable.TryAdd(transaction.Statements, hash)) return null;
                var isNew = received with { BreaksChain = breaksChain, IsRequest = ContactTable.IsStranger(transaction.Statements, message.From) };
                var row = text is null ? (long?)null : MessageTable.Add(transaction.Statements, isNew, text, content.Number);
                transaction.Append(cursor => new MessageReceived(cursor, now, isNew), new EventRow(EventRow.Received, now) { Message = row });
                return isNew;
            },
            cancellation).ConfigureAwait(false);
        _spool.Remove(id);
        return stored;
    }

    /// <inheritdoc/>
    public Task<(StoredMessage Message, bool IsNew)> QueueAsync(MessageId id, Message message, CancellationToken cancellation)
    {
        var now = _clock.GetMillisecondNow();
        var queued = new StoredMessage(id, message.To, MessageDirection.Outgoing, message.SentAt, now, message.Text, MessageState.Queued);
        var text = MessageTable.SealText(_key, queued);
        return Writer.RunAsync(
            transaction =>
            {
                if (MessageTable.Find(transaction.Statements, _key, id) is { } known) return (known.Message, false);
                var row = MessageTable.Add(transaction.Statements, queued, text);
                OutboxTable.Add(transaction.Statements, row);
                Change(transaction, message.To, known => known.Written());
                LogState(transaction, row, queued);
                return (queued, true);
            },
            cancellation);
    }

    /// <inheritdoc/>
    public Task StoreFrameAsync(MessageId id, OutgoingFrame frame, CancellationToken cancellation) => Writer.RunAsync(
        transaction =>
        {
            if (MessageTable.Find(transaction.Statements, _key, id) is not { } known) return false;
            if (known.Message.State == MessageState.Queued) OutboxTable.StoreFrame(transaction.Statements, _key, known, frame);
            else UnconfirmedTable.StoreFrame(transaction.Statements, known.Row, frame);
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task NotSentAsync(MessageId id, CancellationToken cancellation) => Writer.RunAsync(
        transaction =>
        {
            OutboxTable.NotSent(transaction.Statements, id);
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<StoredMessage> AdvanceAsync(MessageId id, MessageState state, SendFailure failure, string? detail, CancellationToken cancellation) => Writer.RunAsync(
        transaction =>
        {
            var (row, known) = MessageTable.Find(transaction.Statements, _key, id) ?? throw new KeyNotFoundException("There is no such message.");
            return known.State is MessageState.Delivered or MessageState.Read ? known : Advance(transaction, row, known with { State = state, Failure = failure, Detail = detail });
        },
        cancellation);

    /// <inheritdoc/>
    public Task LogConnectionAsync(ConnectionState state, TransportFailure? failure, string? detail, CancellationToken cancellation) => Writer.RunAsync(
        transaction =>
        {
            var row = new EventRow(EventRow.Connection, transaction.Now)
            {
                Code = EnumText<ConnectionState>.Of(state),
                Failure = failure is { } cause ? EnumText<TransportFailure>.Of(cause) : null,
                Detail = detail,
            };
            transaction.Append(cursor => new ConnectionChanged(cursor, row.At, state, detail) { Failure = failure }, row);
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _retention.DisposeAsync().ConfigureAwait(false);
        await Writer.DisposeAsync().ConfigureAwait(false);
        _writers.Dispose();
        _readers.Close(_reading);
        _key.Dispose();
    }

    private StoredMessage Advance(StoreTransaction transaction, long row, StoredMessage advanced)
    {
        var statements = transaction.Statements;
        var isSettled = advanced.State != MessageState.Queued;
        MessageTable.Advance(statements, row, advanced, keepsText: !isSettled || !_history.IsOff);
        if (isSettled)
        {
            if (advanced.State == MessageState.Failed) NumberingTable.TakeBack(statements, row);
            if (advanced.State is MessageState.Published or MessageState.Unknown && KeepsContent(statements, advanced.Contact)) UnconfirmedTable.Add(statements, row, advanced.Contact);
            NumberingTable.Sent(statements, row);
            OutboxTable.Remove(statements, row);
        }
        LogState(transaction, row, advanced);
        return advanced;
    }

    /// <summary>Without a history, what was said is kept for those alone who will say that they have it.</summary>
    private bool KeepsContent(PreparedStatements statements, Username contact) => !_history.IsOff || ReceivedTable.Has(statements, contact);

    private static void LogState(StoreTransaction transaction, long row, StoredMessage message) => transaction.Append(
        cursor => new MessageStateChanged(cursor, transaction.Now, message),
        new EventRow(EventRow.State, transaction.Now)
        {
            Message = row,
            Code = EnumText<MessageState>.Of(message.State),
            Failure = MessageTable.FailureOf(message),
            Detail = message.Detail,
        });
}
