using NesActors.Contracts;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>Deletes messages and the events that tell of them, so many at once that the writer is not held up. What waits to go out stays.</summary>
internal static class DeletedMessages
{
    /// <summary>How many are deleted in one transaction.</summary>
    public const int Limit = 500;

    private const string Settled = "id NOT IN (SELECT id FROM outbox)";

    public static int One(StoreTransaction transaction, MessageId id) => Delete(
        transaction, $"SELECT id FROM messages WHERE message = $message AND {Settled}", ("$message", MessageTable.Bytes(id)));

    public static int With(StoreTransaction transaction, Username contact) => Delete(
        transaction, $"SELECT id FROM messages WHERE contact = $contact AND {Settled} ORDER BY id LIMIT $limit", ("$contact", contact.Value), ("$limit", Limit));

    /// <summary>Looks at the oldest alone: rows stand in the order in which they were written.</summary>
    public static int Before(StoreTransaction transaction, DateTimeOffset time) => Delete(
        transaction,
        $"SELECT id FROM (SELECT id, recorded_at FROM messages WHERE {Settled} ORDER BY id LIMIT $limit) WHERE recorded_at < $time",
        ("$limit", Limit), ("$time", time.ToUnixTimeMilliseconds()));

    /// <inheritdoc cref="Before(StoreTransaction, DateTimeOffset)"/>
    public static int Before(StoreTransaction transaction, DateTimeOffset time, Username contact) => Delete(
        transaction,
        $"SELECT id FROM (SELECT id, recorded_at FROM messages WHERE contact = $contact AND {Settled} ORDER BY id LIMIT $limit) WHERE recorded_at < $time",
        ("$contact", contact.Value), ("$limit", Limit), ("$time", time.ToUnixTimeMilliseconds()));

    /// <summary>Messages whose text was not kept.</summary>
    public static int WithoutText(StoreTransaction transaction, DateTimeOffset time) => Delete(
        transaction, "SELECT id FROM messages WHERE text IS NULL AND recorded_at < $time AND id NOT IN (SELECT id FROM unconfirmed) LIMIT $limit", ("$time", time.ToUnixTimeMilliseconds()), ("$limit", Limit));

    /// <summary>Events that tell of no message that is kept: the connection, contacts.</summary>
    public static void PassingEvents(StoreTransaction transaction, DateTimeOffset time) => transaction.Statements.Execute(
        "DELETE FROM events WHERE message IS NULL AND at < $time", ("$time", time.ToUnixTimeMilliseconds()));

    private static int Delete(StoreTransaction transaction, string which, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var rows = transaction.Statements.Query(row => row.GetInt64(0), which, parameters);
        foreach (var row in rows)
        {
            transaction.Statements.Execute("DELETE FROM events WHERE message = $id", ("$id", row));
            UnconfirmedTable.Remove(transaction.Statements, row);
            transaction.Statements.Execute("DELETE FROM messages WHERE id = $id", ("$id", row));
        }
        transaction.HasDeleted |= rows.Count > 0;
        return rows.Count;
    }
}
