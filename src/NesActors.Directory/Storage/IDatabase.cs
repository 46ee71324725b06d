using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace NesActors.Directory.Storage;

/// <summary>
/// The tables of a directory, in SQLite or PostgreSQL; the statements are written so that both take them. One server uses a database at a
/// time: what it keeps in memory of it is then true.
/// </summary>
internal interface IDatabase : IAsyncDisposable
{
    /// <summary>Runs queries beside whatever else runs.</summary>
    /// <exception cref="DatabaseUnavailableException">The database is busy, down or broken.</exception>
    Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellation);

    /// <summary>Runs statements as one transaction: all of them are done, durably, or none.</summary>
    /// <exception cref="DatabaseUnavailableException">The database is busy, down or broken. Whether the transaction was done may then be unknown.</exception>
    Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> statements, CancellationToken cancellation);

    /// <summary>Begins to watch the right to use the database alone. While that is lost, writes fail, and what is kept in memory may be wrong.</summary>
    /// <param name="lost">Called when it is lost.</param>
    /// <param name="regained">Called when it is there again, before writes go on.</param>
    /// <param name="logger">Where both are told.</param>
    void Watch(Action lost, Func<CancellationToken, Task> regained, ILogger logger);

    /// <summary>The short way for look-ups.</summary>
    IAnswerReader Answers { get; }

    /// <summary>As <see cref="WriteAsync"/>, with no other such transaction beside it: what it reads of others' changes stays true until it is done.</summary>
    /// <exception cref="DatabaseUnavailableException">As there.</exception>
    Task<T> WriteAloneAsync<T>(Func<DbConnection, DbTransaction, Task<T>> statements, CancellationToken cancellation);

    /// <summary>What a person calls this database: SQLite and its file, or PostgreSQL and its host and name, without a password.</summary>
    string Description { get; }
}
