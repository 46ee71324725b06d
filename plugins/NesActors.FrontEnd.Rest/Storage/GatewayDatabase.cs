using Microsoft.Data.Sqlite;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Rest.Storage;

/// <summary>
/// What a gateway keeps of one identity: <c>gateway.db</c> in its state folder, mode 0600. One connection, used by one caller at a time; what a transaction wrote is on the disk when the call
/// returns. One process has the folder (its host sees to that), so that nobody else writes.
/// </summary>
internal sealed class GatewayDatabase : IDisposable
{
    public const string FileName = "gateway.db";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SqliteConnection _connection;
    private readonly Lock _turn = new();

    private GatewayDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens it, and makes it where it is missing.</summary>
    /// <exception cref="GatewayException">It cannot be used.</exception>
    public static GatewayDatabase Open(string folder)
    {
        var file = Path.Combine(folder, FileName);
        SqliteConnection? connection = null;
        try
        {
            MakePrivate(file);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false, ForeignKeys = true }.ToString());
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
            GatewayMigration.Run(connection);
            return new GatewayDatabase(connection);
        }
        catch (Exception e)
        {
            connection?.Dispose();
            if (e is SqliteException or IOException or UnauthorizedAccessException) throw new GatewayException($"{file} cannot be used: {e.Message}", e);
            throw;
        }
    }

    /// <summary>Reads.</summary>
    /// <exception cref="SqliteException">The database failed.</exception>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        lock (_turn) return query(_connection);
    }

    /// <summary>Reads and writes in one transaction, all or nothing.</summary>
    /// <exception cref="SqliteException">The database failed; nothing of it was written.</exception>
    public T Write<T>(Func<SqliteConnection, SqliteTransaction, T> work)
    {
        lock (_turn)
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            var result = work(_connection, transaction);
            transaction.Commit();
            return result;
        }
    }

    /// <summary>Writes something that is there already, to see that it can.</summary>
    /// <exception cref="SqliteException">It cannot.</exception>
    public void Probe() => Write((connection, transaction) =>
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        var version = (long)command.ExecuteScalar()!;
        command.CommandText = $"PRAGMA user_version = {version}";
        return command.ExecuteNonQuery();
    });

    public void Dispose()
    {
        lock (_turn) _connection.Dispose();
    }

    /// <summary>Closed to others from its first byte on; SQLite gives its journals the mode of the file.</summary>
    private static void MakePrivate(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Private;
        using (new FileStream(file, options))
        {
        }
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, Private);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
