using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace NesActors.Directory.Maintenance;

/// <summary>
/// One view of a directory's database, as it was at one moment, beside a server that runs on it: it takes no lock that the server needs, and writes nothing.
/// </summary>
internal sealed class StoredData : IAsyncDisposable
{
    private StoredData(DbConnection connection) => Connection = connection;

    public DbConnection Connection { get; }

    /// <param name="folder">The data folder.</param>
    /// <param name="postgres">The connection string of PostgreSQL; null: SQLite in the folder.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DirectoryException">There is no such database, or it cannot be read.</exception>
    public static async Task<StoredData> OpenAsync(string folder, string? postgres, CancellationToken cancellation)
    {
        var connection = postgres is null ? (DbConnection)OfFile(folder) : OfServer(postgres);
        try
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            await connection.ExecuteAsync(postgres is null ? "BEGIN DEFERRED" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").ConfigureAwait(false);
            return new StoredData(connection);
        }
        catch (Exception e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (e is not (DbException or TimeoutException)) throw;
            throw new DirectoryException($"Cannot read the database: {e.Message}", e);
        }
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private static SqliteConnection OfFile(string folder)
    {
        var file = Path.Combine(folder, DirectoryServer.DatabaseFile);
        if (!File.Exists(file)) throw new DirectoryException($"There is no directory in {folder}: {file} is missing.");
        return new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
    }

    private static NpgsqlConnection OfServer(string postgres)
    {
        try
        {
            return new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres) { Pooling = false }.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The message of the driver may repeat the password.
            throw new DirectoryException("The settings of PostgreSQL make no sense: expected Host=…;Database=…;Username=…;Password=…");
        }
    }
}
