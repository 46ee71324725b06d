using System.Text;
using SQLitePCL;

namespace NesActors.Directory.Storage.Sqlite;

/// <summary>What SQLite said went wrong.</summary>
internal sealed class SqliteFailure(string message) : Exception(message);

/// <summary>A connection of its own that can do one thing: look a name up. One thread uses it at a time.</summary>
internal sealed class SqliteAnswerStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _byName;
    private readonly sqlite3_stmt _byId;

    public SqliteAnswerStatement(string file, TimeSpan timeout)
    {
        var opened = raw.sqlite3_open_v2(file, out _connection, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX, null);
        try
        {
            Require(opened, raw.SQLITE_OK);
            Require(raw.sqlite3_busy_timeout(_connection, (int)timeout.TotalMilliseconds), raw.SQLITE_OK);
            // KiB. Room for most inner pages of a million users' trees; the rest is the system's to keep.
            Require(raw.sqlite3_exec(_connection, "PRAGMA cache_size = -8000"), raw.SQLITE_OK);
            Require(raw.sqlite3_prepare_v3(_connection, StoredAnswer.ByName + " = ?", raw.SQLITE_PREPARE_PERSISTENT, out _byName), raw.SQLITE_OK);
            Require(raw.sqlite3_prepare_v3(_connection, StoredAnswer.ById + " = ?", raw.SQLITE_PREPARE_PERSISTENT, out _byId), raw.SQLITE_OK);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>False after a failure: the next query takes a new connection.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <exception cref="SqliteFailure">The database is busy or broken.</exception>
    public StoredAnswer? Find(string name)
    {
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(Contracts.Username.MaxLength)];
        var length = Encoding.UTF8.GetBytes(name, utf8);
        Require(raw.sqlite3_bind_text(_byName, 1, utf8[..length]), raw.SQLITE_OK);
        return Run(_byName);
    }

    /// <exception cref="SqliteFailure">The database is busy or broken.</exception>
    public StoredAnswer? Find(long id)
    {
        Require(raw.sqlite3_bind_int64(_byId, 1, id), raw.SQLITE_OK);
        return Run(_byId);
    }

    public void Dispose()
    {
        _byName.Dispose();
        _byId.Dispose();
        _connection.Dispose();
    }

    private StoredAnswer? Run(sqlite3_stmt query)
    {
        try
        {
            var step = raw.sqlite3_step(query);
            if (step == raw.SQLITE_DONE) return null;
            Require(step, raw.SQLITE_ROW);
            return Read(query);
        }
        finally
        {
            raw.sqlite3_reset(query);
        }
    }

    // The columns of both queries.
    private static StoredAnswer Read(sqlite3_stmt row) => new(
        raw.sqlite3_column_int64(row, 1), raw.sqlite3_column_int64(row, 2) != 0, raw.sqlite3_column_int64(row, 3), raw.sqlite3_column_int64(row, 4),
        StoredAnswer.Join(raw.sqlite3_column_blob(row, 5), raw.sqlite3_column_blob(row, 6)));

    private void Require(int result, int expected)
    {
        if (result == expected) return;
        IsUsable = false;
        throw new SqliteFailure(raw.sqlite3_errstr(result).utf8_to_string());
    }
}
