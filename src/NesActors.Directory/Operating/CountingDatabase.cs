using System.Data.Common;
using NesActors.Directory.Storage;

namespace NesActors.Directory.Operating;

/// <summary>A database whose failures are counted.</summary>
internal sealed class CountingDatabase(IDatabase database) : IDatabase
{
    private long _errors;

    /// <summary>How often it was busy, down or broken.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    public string Description => database.Description;

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellation)
    {
        try
        {
            return await database.ReadAsync(query, cancellation).ConfigureAwait(false);
        }
        catch (DatabaseUnavailableException)
        {
            Interlocked.Increment(ref _errors);
            throw;
        }
    }

    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> statements, CancellationToken cancellation)
    {
        try
        {
            return await database.WriteAsync(statements, cancellation).ConfigureAwait(false);
        }
        catch (DatabaseUnavailableException)
        {
            Interlocked.Increment(ref _errors);
            throw;
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
