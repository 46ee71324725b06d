using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace NesActors.FrontEnd.Rest.Storage;

/// <summary>
/// Writes for many at once: all that waits goes into one transaction, in the order in which it came, and who waits is told after the commit. So the disk is waited for once for all of them, and
/// on nobody's thread.
/// </summary>
internal sealed class GatewayWriter : IAsyncDisposable
{
    /// <summary>More in one transaction gains nothing, and whoever comes next would wait.</summary>
    private const int MaxBatch = 512;

    private readonly Channel<Work> _waiting = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });
    private readonly GatewayDatabase _database;
    private readonly Task _running;

    public GatewayWriter(GatewayDatabase database)
    {
        _database = database;
        _running = Task.Run(RunAsync);
    }

    /// <summary>Does a piece of work in its turn. Once accepted it is done, whether somebody still waits or not.</summary>
    /// <exception cref="SqliteException">The database failed; nothing of it was written.</exception>
    /// <exception cref="ObjectDisposedException">The gateway ends.</exception>
    public Task<T> RunAsync<T>(Func<SqliteConnection, SqliteTransaction, T> work)
    {
        var item = new Work<T>(work);
        return _waiting.Writer.TryWrite(item) ? item.Done : Task.FromException<T>(new ObjectDisposedException(nameof(GatewayWriter)));
    }

    /// <summary>Does what still waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        var batch = new List<Work>();
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < MaxBatch && _waiting.Reader.TryRead(out var work)) batch.Add(work);
            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<Work> batch)
    {
        try
        {
            _database.Write((connection, transaction) =>
            {
                foreach (var work in batch) work.Run(connection, transaction);
                return true;
            });
        }
        catch (Exception e)
        {
            foreach (var work in batch) work.Fail(e);
            return;
        }
        foreach (var work in batch) work.Complete();
    }

    private abstract class Work
    {
        public abstract void Run(SqliteConnection connection, SqliteTransaction transaction);

        public abstract void Complete();

        public abstract void Fail(Exception error);
    }

    private sealed class Work<T>(Func<SqliteConnection, SqliteTransaction, T> work) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Done => _done.Task;

        public override void Run(SqliteConnection connection, SqliteTransaction transaction) => _result = work(connection, transaction);

        public override void Complete() => _done.SetResult(_result);

        public override void Fail(Exception error) => _done.SetException(error);
    }
}
