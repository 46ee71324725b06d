using Microsoft.Data.Sqlite;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>A piece of work that waits for the writer, and whoever waits for it.</summary>
internal abstract class StoreWork
{
    /// <summary>Does it within a transaction that others share. Work that cannot be done says so before it has written anything.</summary>
    /// <exception cref="SqliteException">The transaction is lost.</exception>
    public abstract void Run(StoreTransaction transaction);

    /// <summary>It is on the disk.</summary>
    public abstract void Complete();

    /// <summary>Nothing of it is.</summary>
    public abstract void Fail(Exception error);
}

/// <param name="work">What to do.</param>
internal sealed class StoreWork<T>(Func<StoreTransaction, T> work) : StoreWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _refusal;

    public Task<T> Done => _done.Task;

    public override void Run(StoreTransaction transaction)
    {
        try
        {
            _result = work(transaction);
        }
        catch (Exception e) when (e is not SqliteException)
        {
            _refusal = e;
        }
    }

    public override void Complete()
    {
        if (_refusal is null) _done.SetResult(_result);
        else _done.SetException(_refusal);
    }

    public override void Fail(Exception error) => _done.SetException(error);
}
