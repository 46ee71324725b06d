using System.Collections.Concurrent;
using SQLitePCL;

namespace NesActors.Directory.Storage.Sqlite;

/// <summary>
/// Looks names up with statements that are prepared once, below ADO.NET, which would take several times as long. A reader is taken for one query, on
/// the thread of the request: SQLite answers from the system's cache in microseconds.
/// </summary>
internal sealed class SqliteAnswerReader(string file, TimeSpan timeout) : IAnswerReader
{
    // More than can run at once, because some wait for the disk. Beyond that they are closed after use, which costs more than the query.
    private static readonly int Kept = Environment.ProcessorCount * 4;

    private readonly ConcurrentBag<SqliteAnswerStatement> _idle = [];
    private volatile bool _disposed;

    public ValueTask<StoredAnswer?> FindAsync(string name) => Run(name, static (statement, name) => statement.Find(name));

    public ValueTask<StoredAnswer?> FindAsync(long id) => Run(id, static (statement, id) => statement.Find(id));

    public ValueTask DisposeAsync()
    {
        _disposed = true;
        while (_idle.TryTake(out var statement)) statement.Dispose();
        return ValueTask.CompletedTask;
    }

    private ValueTask<StoredAnswer?> Run<T>(T key, Func<SqliteAnswerStatement, T, StoredAnswer?> find)
    {
        try
        {
            var statement = _idle.TryTake(out var idle) ? idle : new SqliteAnswerStatement(file, timeout);
            try
            {
                return ValueTask.FromResult(find(statement, key));
            }
            finally
            {
                GiveBack(statement);
            }
        }
        catch (SqliteFailure e)
        {
            throw new DatabaseUnavailableException("SQLite failed.", e);
        }
        catch (FormatException e)
        {
            throw new DatabaseUnavailableException("A stored answer is damaged.", e);
        }
    }

    private void GiveBack(SqliteAnswerStatement statement)
    {
        if (_disposed || !statement.IsUsable || _idle.Count >= Kept) statement.Dispose();
        else _idle.Add(statement);
    }
}
