using Microsoft.Data.Sqlite;
using NesActors.Core.Keys;

namespace NesActors.Core.Storage.State;

/// <summary>
/// The SQLite file of an identity's durable memory: one connection, used by one at a time. Several processes may have it open (one listens, others
/// send); what a transaction reads is still so when it writes.
/// </summary>
internal sealed class StateDatabase : IDisposable
{
    private const int Busy = 5, Full = 13, Corrupt = 11, NoDatabase = 26;
    private const int BusySeconds = 10;

    private readonly SqliteConnection _connection;
    private readonly Lock _turn = new();

    private StateDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the database in a folder; both are made where they are missing.</summary>
    /// <exception cref="StateException">It cannot be used.</exception>
    public static StateDatabase Open(string folder)
    {
        var file = StateFolder.Prepare(folder);
        if (!File.Exists(file)) Make(file);
        SqliteConnection? connection = null;
        try
        {
            connection = Connect(file);
            connection.Execute($"PRAGMA busy_timeout = {BusySeconds * 1000}");
            // Before anything is written to a file that may be none of ours.
            StateMigration.Run(connection);
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
            return new StateDatabase(connection);
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw Explain(file, e);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>Reads.</summary>
    /// <exception cref="StateException">The database failed.</exception>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        lock (_turn)
        {
            try
            {
                return query(_connection);
            }
            catch (SqliteException e)
            {
                throw Explain(_connection.DataSource, e);
            }
        }
    }

    /// <summary>Reads and writes in one transaction, which is on the disk when this returns.</summary>
    /// <exception cref="StateException">The database failed; nothing of it was written.</exception>
    public T Write<T>(Func<SqliteConnection, T> work) => Read(connection =>
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var result = work(connection);
        transaction.Commit();
        return result;
    });

    public void Dispose()
    {
        lock (_turn) _connection.Dispose();
    }

    /// <summary>Under another name until it is whole: an empty file under its own is then a damaged one, never a new one.</summary>
    private static void Make(string file)
    {
        var unfinished = $"{file}.{Path.GetRandomFileName()}.tmp";
        try
        {
            AtomicFile.Write(unfinished, [], FileModes.Private, replace: false);
            using (var connection = Connect(unfinished)) StateMigration.Begin(connection);
            File.Move(unfinished, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process was faster; its file is as good.
            File.Delete(unfinished);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            File.Delete(unfinished);
            throw new StateException($"The state {file} cannot be made: {e.Message}", e);
        }
    }

    private static SqliteConnection Connect(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static StateException Explain(string file, SqliteException error) => error.SqliteErrorCode switch
    {
        Corrupt or NoDatabase => new StateException(
            $"The state {file} is damaged ({error.Message}). It says whose keys are trusted: restore it from a copy. Without one, move it away, and every contact's keys count as seen for the first time", error),
        Busy => new StateException($"The state {file} is busy: another process has kept it for more than {BusySeconds} s. Try again", error),
        Full => new StateException($"The state {file} cannot be written, the disk is full: make room", error),
        _ => new StateException($"The state {file} cannot be used: {error.Message}", error),
    };
}
