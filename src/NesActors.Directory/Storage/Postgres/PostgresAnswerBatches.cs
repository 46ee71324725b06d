using System.Threading.Channels;
using Npgsql;

namespace NesActors.Directory.Storage.Postgres;

/// <summary>
/// Looks users up over few connections: each takes all the keys that wait and asks for them in one query. A key that comes alone is asked for at once;
/// under load the queries grow instead of the queue.
/// </summary>
/// <typeparam name="T">As in <see cref="PostgresAnswerQuery{T}"/>.</typeparam>
internal sealed class PostgresAnswerBatches<T> : IAsyncDisposable where T : notnull
{
    private const int LargestBatch = 128;

    private readonly Channel<PendingAnswer> _waiting = Channel.CreateUnbounded<PendingAnswer>();
    private readonly NpgsqlDataSource _source;
    private readonly Task[] _workers;

    public PostgresAnswerBatches(NpgsqlDataSource source, int connections)
    {
        _source = source;
        _workers = [.. Enumerable.Range(0, connections).Select(_ => Task.Run(WorkAsync))];
    }

    public async ValueTask<StoredAnswer?> FindAsync(T key)
    {
        var pending = new PendingAnswer(key);
        if (!_waiting.Writer.TryWrite(pending)) throw new DatabaseUnavailableException("The server is stopping.");
        var row = await pending.Task.ConfigureAwait(false);
        try
        {
            // Here, so that the worker goes on, and what is damaged is so for one alone.
            return row?.ToAnswer();
        }
        catch (FormatException e)
        {
            throw new DatabaseUnavailableException("A stored answer is damaged.", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAll(_workers).ConfigureAwait(false);
    }

    private async Task WorkAsync()
    {
        var batch = new List<PendingAnswer>(LargestBatch);
        await using var query = new PostgresAnswerQuery<T>(_source);
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < LargestBatch && _waiting.Reader.TryRead(out var pending)) batch.Add(pending);
            if (batch.Count == 0) continue;
            await AnswerAsync(query, batch).ConfigureAwait(false);
            batch.Clear();
        }
    }

    private static async Task AnswerAsync(PostgresAnswerQuery<T> query, List<PendingAnswer> batch)
    {
        try
        {
            var found = await query.FindAsync([.. batch.Select(pending => pending.Key)]).ConfigureAwait(false);
            foreach (var pending in batch) pending.SetResult(found.GetValueOrDefault(pending.Key));
        }
        catch (Exception e) when (PostgresDatabase.IsFailure(e))
        {
            foreach (var pending in batch) pending.SetException(new DatabaseUnavailableException("PostgreSQL failed.", e));
        }
    }

    private sealed class PendingAnswer(T key) : TaskCompletionSource<PostgresAnswerRow?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public T Key => key;
    }
}
