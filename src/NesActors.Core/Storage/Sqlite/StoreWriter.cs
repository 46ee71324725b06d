using System.Threading.Channels;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>
/// The one that writes: takes all work that waits into one transaction, in the order in which it came, and tells those who wait after the commit. The disk is
/// waited for once for all of them, so that the more come at once, the less each costs.
/// </summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    /// <summary>More in one transaction gains nothing, and whoever comes next would wait.</summary>
    private const int MaxBatch = 2048;

    private readonly Channel<StoreWork> _waiting = Channel.CreateUnbounded<StoreWork>(new UnboundedChannelOptions { SingleReader = true });
    private readonly StateDatabase _database;
    private readonly PreparedStatements _statements;
    private readonly RecentEvents _recent;
    private readonly TimeProvider _clock;
    private readonly Task _running;

    public StoreWriter(StateDatabase database, RecentEvents recent, TimeProvider clock)
    {
        _database = database;
        _statements = database.Prepare();
        _recent = recent;
        _clock = clock;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Does a piece of work in its turn. Once accepted it is done, whether somebody still waits or not.</summary>
    /// <exception cref="StateException">The database failed; nothing of it was written.</exception>
    /// <exception cref="ObjectDisposedException">The store is closed.</exception>
    public Task<T> RunAsync<T>(Func<StoreTransaction, T> work, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<T>(cancellation);
        var item = new StoreWork<T>(work);
        return _waiting.Writer.TryWrite(item) ? item.Done : Task.FromException<T>(new ObjectDisposedException(nameof(IMessageStore)));
    }

    /// <summary>Does what still waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running.ConfigureAwait(false);
        _statements.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<StoreWork>();
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < MaxBatch && _waiting.Reader.TryRead(out var work)) batch.Add(work);
            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<StoreWork> batch)
    {
        var transaction = new StoreTransaction(_statements, _clock);
        try
        {
            _database.Commit(_statements, () =>
            {
                foreach (var work in batch) work.Run(transaction);
            });
            if (transaction.HasDeleted) _database.TruncateJournal();
        }
        catch (Exception e)
        {
            foreach (var work in batch) work.Fail(e);
            return;
        }
        _recent.Append(transaction.Events);
        foreach (var work in batch) work.Complete();
    }
}
