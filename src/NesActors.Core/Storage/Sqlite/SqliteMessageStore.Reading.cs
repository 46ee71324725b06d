using System.Runtime.CompilerServices;
using NesActors.Contracts;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>Reading.</summary>
public sealed partial class SqliteMessageStore
{
    /// <summary>Rows read at once where there may be many: what a reader holds in memory, and how long it keeps others from reading.</summary>
    private const int PageSize = 64;

    /// <inheritdoc/>
    public Task<IReadOnlyList<SpooledFrame>> SpooledAsync(SpoolId after, int limit, CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<SpooledFrame>>(statements => SpoolTable.After(statements, after, limit), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxEntry>> OutboxAsync(CancellationToken cancellation) =>
        ReadAsync<IReadOnlyList<OutboxEntry>>(statements => OutboxTable.All(statements, _key), cancellation);

    /// <inheritdoc/>
    public Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation) =>
        ReadKeptAsync(statements => MessageTable.Find(statements, _key, id)?.Message, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, MessageId? after, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ReadKeptAsync<IReadOnlyList<StoredMessage>>(
            statements =>
            {
                var end = RowBefore(statements, before);
                if (after is { } first) return MessageTable.RowOf(statements, first) is { } row ? MessageTable.Between(statements, _key, contact, row, end, limit) : [];
                var newest = MessageTable.Newest(statements, _key, contact, end, limit);
                newest.Reverse();
                return [.. newest.Select(found => found.Message)];
            },
            cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MessageReceived>> UnreadAsync(int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ReadKeptAsync<IReadOnlyList<MessageReceived>>(statements => EventTable.Unread(statements, _key, limit), cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredMessage>> SearchAsync(string text, Username? contact, MessageId? before, int limit, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var found = new List<StoredMessage>();
        var row = await ReadKeptAsync(statements => RowBefore(statements, before), cancellation).ConfigureAwait(false);
        while (found.Count < limit)
        {
            var page = await ReadAsync(statements => MessageTable.Newest(statements, _key, contact, row, PageSize), cancellation).ConfigureAwait(false);
            found.AddRange(page.Select(one => one.Message).Where(message => message.Text.Contains(text, StringComparison.OrdinalIgnoreCase)).Take(limit - found.Count));
            if (page.Count < PageSize) break;
            row = page[^1].Row;
        }
        return found;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MessengerEvent> EventsAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            // Asked for before the look: what is committed after it ends the wait.
            var grown = _recent.Grown;
            var (events, last) = _recent.After(after) is { } live
                ? (live, live.Count > 0 ? live[^1].Cursor : after)
                : await ReadKeptAsync(statements => EventTable.After(statements, _key, _recent, after, PageSize) is var page ? (page.Events, page.Last) : default, cancellation).ConfigureAwait(false);
            if (last == after) await grown.WaitAsync(cancellation).ConfigureAwait(false);
            foreach (var item in events)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return item;
            }
            after = last;
        }
    }

    /// <inheritdoc/>
    public Task<EventPage> EventPageAsync(long after, int limit, bool arrivalsOnly, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var newest = _recent.Last;
        return _recent.After(after) is { } live
            ? Task.FromResult(EventPage.Of(live, after, Math.Max(newest, live.Count > 0 ? live[^1].Cursor : 0), limit, arrivalsOnly))
            : ReadKeptAsync(
                statements =>
                {
                    // Asked for before the look, which then has seen all up to there where it has found fewer than it may.
                    var end = EventTable.Last(statements);
                    var (events, rows, last) = EventTable.After(statements, _key, _recent, after, limit, arrivalsOnly);
                    end = Math.Max(end, last);
                    return new EventPage(events, rows == limit ? last : Math.Max(after, end), end);
                },
                cancellation);
    }

    /// <summary>Beside the writer, and on no caller's thread.</summary>
    /// <summary>What was to be deleted while no session ran is not shown.</summary>
    private async Task<T> ReadKeptAsync<T>(Func<PreparedStatements, T> query, CancellationToken cancellation)
    {
        await _retention.FirstSweep.WaitAsync(cancellation).ConfigureAwait(false);
        return await ReadAsync(query, cancellation).ConfigureAwait(false);
    }

    private Task<T> ReadAsync<T>(Func<PreparedStatements, T> query, CancellationToken cancellation) =>
        Task.Run(() => _readers.Read(_ => query(_reading)), cancellation);

    private static long RowBefore(PreparedStatements statements, MessageId? before) =>
        before is not { } id ? long.MaxValue : MessageTable.RowOf(statements, id) ?? 0;
}
