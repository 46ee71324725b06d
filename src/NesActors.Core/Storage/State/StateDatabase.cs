using Microsoft.Data.Sqlite;
using NesActors.Core.Keys;
using SQLitePCL;

namespace NesActors.Core.Storage.State;

/// <summary>
/// The SQLite file of an identity's durable memory: one connection, used by one at a time. Several processes may have it open (one listens, others
/// send); what a transaction reads is still so when it writes.
/// </summary>
internal sealed class StateDatabase : IDisposable
{
    private const int Busy = 5, Full = 13, Corrupt = 11, NoDatabase = 26;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SqliteConnection _connection;
    private readonly TimeSpan _patience;
    private readonly Lock _turn = new();

    private StateDatabase(SqliteConnection connection, TimeSpan patience) => (_connection, _patience) = (connection, patience);

    /// <summary>Opens the database in a folder; both are made where they are missing.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="patience">How long to wait for another process, in whole seconds; <see langword="null"/>: 10.</param>
    /// <exception cref="StateException">It cannot be used.</exception>
    public static StateDatabase Open(string folder, TimeSpan? patience = null)
    {
        var wait = patience ?? Patience;
        var file = StateFolder.Prepare(folder);
        if (!File.Exists(file)) Make(file);
        SqliteConnection? connection = null;
        try
        {
            connection = Connect(file, wait);
            connection.Execute($"PRAGMA busy_timeout = {wait.TotalMilliseconds:0}");
            // Before anything is written to a file that may be none of ours.
            StateMigration.Run(connection);
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
            return new StateDatabase(connection, wait);
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw Explain(file, e, wait);
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
                throw Explain(_connection.DataSource, e, _patience);
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

    /// <summary>Statements of this connection that are compiled once, for use within <see cref="Read"/> and <see cref="Commit"/>.</summary>
    public PreparedStatements Prepare() => new(_connection);

    /// <summary>As <see cref="Write"/>, with statements that were prepared.</summary>
    /// <exception cref="StateException">The database failed; nothing of it was written.</exception>
    public void Commit(PreparedStatements statements, Action work) => Read(connection =>
    {
        statements.Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            statements.Execute("COMMIT");
            return true;
        }
        catch
        {
            // Some failures, a full disk among them, have rolled it back already.
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0) statements.Execute("ROLLBACK");
            throw;
        }
    });

    /// <summary>Moves what was written into the database and empties the journal: what was deleted is then in neither.</summary>
    public void TruncateJournal()
    {
        try
        {
            Read(connection =>
            {
                connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
                return true;
            });
        }
        catch (StateException)
        {
            // Somebody still reads there: it goes with the next checkpoint.
        }
    }

    /// <summary>Ends the connection and its statements, once nobody uses them.</summary>
    public void Close(PreparedStatements statements)
    {
        lock (_turn)
        {
            statements.Dispose();
            _connection.Dispose();
        }
    }

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
            using (var connection = Connect(unfinished, Patience)) StateMigration.Begin(connection);
            NewName.Give(unfinished, file);
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

    private static SqliteConnection Connect(string file, TimeSpan patience)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = (int)patience.TotalSeconds,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static StateException Explain(string file, SqliteException error, TimeSpan patience) => error.SqliteErrorCode switch
    {
        Corrupt or NoDatabase => new StateException(
            $"The state {file} is damaged ({error.Message}). It says whose keys are trusted: restore it from a copy. Without one, move it away, and every contact's keys count as seen for the first time", error),
        Busy => new StateException($"The state {file} is busy: another process has kept it for more than {patience.TotalSeconds:0} s. Try again", error),
        Full => new StateException($"The state {file} cannot be written, the disk is full: make room", error),
        _ => new StateException($"The state {file} cannot be used: {error.Message}", error),
    };
}
