using System.Data.Common;
using Dapper;
using DbUp;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace NesActors.Directory.Storage.Sqlite;

/// <summary>
/// A directory in one SQLite file. Reads take pooled connections and run beside each other; writes go through one connection, one at a
/// time, so that they wait for each other without holding a thread.
/// </summary>
internal sealed class SqliteDatabase : IDatabase
{
    private readonly string _connectionString;
    private readonly TimeSpan _timeout;
    private readonly SqliteConnection _writer;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private SqliteDatabase(string file, string connectionString, TimeSpan timeout, SqliteConnection writer)
    {
        Description = $"SQLite, {file}";
        _connectionString = connectionString;
        _timeout = timeout;
        _writer = writer;
        Answers = new SqliteAnswerReader(file, timeout);
    }

    public string Description { get; }

    public IAnswerReader Answers { get; }

    /// <summary>Opens the file, made with mode 0600 where it is missing, and brings its tables up to date.</summary>
    /// <exception cref="DirectoryException">The file is no database, or cannot be used.</exception>
    public static SqliteDatabase Open(string file, TimeSpan timeout)
    {
        if (!File.Exists(file)) OwnerOnly.WriteNewFile(file, []);
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            // The driver's own wait, in whole seconds, where 0 would be for ever.
            DefaultTimeout = Math.Max(1, (int)timeout.TotalSeconds),
        }.ToString();
        var writer = new SqliteConnection(connectionString);
        try
        {
            writer.Open();
            // The size of pages counts for a new file alone. With statements for suite nes2 five answers fit one, where each would fill three quarters of one of 4 KiB.
            writer.Execute($"""
                PRAGMA page_size = 16384;
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA secure_delete = ON;
                PRAGMA busy_timeout = {(int)timeout.TotalMilliseconds};
                """);
            Migrations.Run(DeployChanges.To.SqliteDatabase(connectionString), "NesActors.Directory.Storage.Migrations.", "0005-pack-answers");
            return new SqliteDatabase(file, connectionString, timeout, writer);
        }
        catch (Exception e)
        {
            writer.Dispose();
            if (e is SqliteException) throw new DirectoryException($"Cannot use the database {file}: {e.Message}", e);
            throw;
        }
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new SqliteConnection(_connectionString);
            connection.Open();
            return await query(connection).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw new DatabaseUnavailableException("SQLite failed.", e);
        }
    }

    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> statements, CancellationToken cancellation)
    {
        if (!await _turn.WaitAsync(_timeout, cancellation).ConfigureAwait(false))
            throw new DatabaseUnavailableException("The writes before this one take too long.");
        try
        {
            await using var transaction = _writer.BeginTransaction();
            var result = await statements(_writer, transaction).ConfigureAwait(false);
            transaction.Commit();
            return result;
        }
        catch (SqliteException e)
        {
            throw new DatabaseUnavailableException("SQLite failed.", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Watch(Action lost, Func<CancellationToken, Task> regained, ILogger logger)
    {
        // The lock of the data folder is never lost.
    }

    // All writes are alone.
    public Task<T> WriteAloneAsync<T>(Func<DbConnection, DbTransaction, Task<T>> statements, CancellationToken cancellation) => WriteAsync(statements, cancellation);

    public async ValueTask DisposeAsync()
    {
        await Answers.DisposeAsync().ConfigureAwait(false);
        await _turn.WaitAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        using (var pool = new SqliteConnection(_connectionString)) SqliteConnection.ClearPool(pool);
        _turn.Dispose();
    }
}
