using System.Reflection;
using Dapper;
using DbUp;
using Microsoft.Data.Sqlite;

namespace NesActors.Directory.Storage;

/// <summary>
/// The SQLite file of a directory. Reads take pooled connections and run beside each other; writes go through one connection, one at a
/// time, so that they wait for each other without holding a thread. Every failure is a <see cref="SqliteException"/>.
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private const int Busy = 5;

    private readonly string _connectionString;
    private readonly TimeSpan _timeout;
    private readonly SqliteConnection _writer;
    private readonly SemaphoreSlim _turn = new(1, 1);

    private Database(string connectionString, TimeSpan timeout, SqliteConnection writer)
    {
        _connectionString = connectionString;
        _timeout = timeout;
        _writer = writer;
    }

    /// <summary>Opens the file, made with mode 0600 where it is missing, and brings its tables up to date.</summary>
    /// <exception cref="DirectoryException">The file is no database, or cannot be used.</exception>
    public static Database Open(string file, TimeSpan timeout)
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
            writer.Execute($"""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA secure_delete = ON;
                PRAGMA busy_timeout = {(int)timeout.TotalMilliseconds};
                """);
            Migrate(connectionString);
            return new Database(connectionString, timeout, writer);
        }
        catch (Exception e)
        {
            writer.Dispose();
            if (e is SqliteException) throw new DirectoryException($"Cannot use the database {file}: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Runs a query beside whatever else runs.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return query(connection);
    }

    /// <summary>Runs a statement when its turn has come.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> statement, CancellationToken cancellation)
    {
        if (!await _turn.WaitAsync(_timeout, cancellation).ConfigureAwait(false))
            throw new SqliteException("The writes before this one take too long.", Busy);
        try
        {
            return statement(_writer);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        using (var pool = new SqliteConnection(_connectionString)) SqliteConnection.ClearPool(pool);
        _turn.Dispose();
    }

    private static void Migrate(string connectionString)
    {
        var result = DeployChanges.To.SqliteDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly())
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful) throw new DirectoryException($"Cannot bring the database up to date: {result.Error.Message}", result.Error);
    }
}
