using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>What work on the store is done with: statements within one transaction, and the log of events, which readers see once it has been committed.</summary>
internal sealed class StoreTransaction(PreparedStatements statements, TimeProvider clock)
{
    private readonly List<MessengerEvent> _events = [];

    public PreparedStatements Statements { get; } = statements;

    public SqliteConnection Connection => Statements.Connection;

    /// <summary>Our clock, as exactly as it is stored.</summary>
    public DateTimeOffset Now { get; } = clock.GetMillisecondNow();

    /// <summary>What was logged in it.</summary>
    public IReadOnlyList<MessengerEvent> Events => _events;

    /// <summary>Whether something was deleted that should not stay in the journal either.</summary>
    public bool HasDeleted { get; set; }

    /// <summary>Logs an event under the next cursor.</summary>
    public void Append(Func<long, MessengerEvent> make, EventRow row) => _events.Add(make(EventTable.Add(Statements, row)));
}
