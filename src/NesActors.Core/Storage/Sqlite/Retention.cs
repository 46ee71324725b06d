using NesActors.Contracts;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>Deletes what is kept no longer, at the start and then every hour: old messages, and events that tell of none.</summary>
internal sealed class Retention : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>How long the log still tells of a connection or a contact.</summary>
    private static readonly TimeSpan PassingEvents = TimeSpan.FromDays(7);

    /// <summary>How long something is sent again to a contact who does not confirm it: later it would come as out of time.</summary>
    private static readonly TimeSpan Unconfirmed = TimeSpan.FromDays(30);

    private readonly StoreWriter _writer;
    private readonly RecentEvents _recent;
    private readonly HistoryRetention _history;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private Task _running;

    public Retention(StoreWriter writer, RecentEvents recent, HistoryRetention history, TimeProvider clock)
    {
        (_writer, _recent, _history, _clock) = (writer, recent, history, clock);
        FirstSweep = _running = SweepAsync();
        _timer = clock.CreateTimer(_ => _running = SweepAsync(), null, Interval, Interval);
    }

    /// <summary>Ends when what was due at the start is deleted, or cannot be now; never in an error.</summary>
    public Task FirstSweep { get; }

    /// <summary>Deletes what is due now.</summary>
    public async Task RunAsync()
    {
        var now = _clock.GetUtcNow();
        if (_history.Limit is { } limit) await DeleteAsync(transaction => DeletedMessages.Before(transaction, now - limit), message => message.RecordedAt < now - limit).ConfigureAwait(false);
        foreach (var (contact, after) in await _writer.RunAsync(transaction => DisappearingTable.All(transaction.Statements), default).ConfigureAwait(false))
        {
            await DeleteAsync(
                transaction => DeletedMessages.Before(transaction, now - after, contact), message => message.Contact == contact && message.RecordedAt < now - after).ConfigureAwait(false);
        }
        // Whoever sent one may still ask what became of it.
        await DeleteAsync(transaction => DeletedMessages.WithoutText(transaction, now - Interval), _ => false).ConfigureAwait(false);
        await _writer.RunAsync(
            transaction =>
            {
                DeletedMessages.PassingEvents(transaction, now - PassingEvents);
                UnconfirmedTable.Trim(transaction, now - Unconfirmed);
                return true;
            },
            default).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    private async Task SweepAsync()
    {
        try
        {
            await RunAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is StateException or ObjectDisposedException)
        {
            // Whoever next writes learns of it; an hour later there is another attempt.
        }
    }

    private async Task DeleteAsync(Func<StoreTransaction, int> some, Func<StoredMessage, bool> which)
    {
        while (await _writer.RunAsync(some, default).ConfigureAwait(false) == DeletedMessages.Limit)
        {
            // Others have their turn between two parts.
        }
        _recent.Forget(which);
    }
}
