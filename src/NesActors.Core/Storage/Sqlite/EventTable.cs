using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>An event as it stands in the table.</summary>
internal sealed record EventRow(string Kind, DateTimeOffset At)
{
    public const string Received = "received", State = "state", Contact = "contact", Connection = "connection";

    /// <summary>The row of the message; null where none is kept.</summary>
    public long? Message { get; init; }

    public Username? User { get; init; }

    public string? Code { get; init; }

    public string? Failure { get; init; }

    public string? Detail { get; init; }
}

/// <summary>The table <c>events</c>: what a row says of messages and contacts it says by reference.</summary>
internal static class EventTable
{
    public static long Last(PreparedStatements statements) => (long?)statements.Scalar("SELECT seq FROM sqlite_sequence WHERE name = 'events'") ?? 0;

    public static long Add(PreparedStatements statements, EventRow row) => (long)statements.Scalar(
        """
        INSERT INTO events (at, kind, message, contact, state, failure, detail)
        VALUES ($at, $kind, $message, $contact, $state, $failure, $detail) RETURNING id
        """,
        ("$at", row.At.ToUnixTimeMilliseconds()), ("$kind", row.Kind), ("$message", row.Message), ("$contact", row.User?.Value),
        ("$state", row.Code), ("$failure", row.Failure), ("$detail", row.Detail))!;

    /// <summary>The events behind a cursor, as far as what they tell of is still there.</summary>
    /// <param name="statements">The database.</param>
    /// <param name="key">Opens what is sealed.</param>
    /// <param name="recent">Those that need no look into the database.</param>
    /// <param name="cursor">The position.</param>
    /// <param name="limit">How many rows at most.</param>
    /// <param name="arrivalsOnly">Whether only to look at messages that came.</param>
    /// <returns>The events, how many rows were looked at, and the cursor of the last of them.</returns>
    public static (List<MessengerEvent> Events, int Rows, long Last) After(PreparedStatements statements, StoreKey key, RecentEvents recent, long cursor, int limit, bool arrivalsOnly = false)
    {
        var last = cursor;
        var found = statements.Query(
            row =>
            {
                last = row.GetInt64(0);
                return recent.Find(last) ?? Read(statements, key, row);
            },
            $"""
             SELECT events.id, at, kind, events.contact, events.state, events.failure, events.detail, {MessageTable.Columns}
             FROM events LEFT JOIN messages ON messages.id = events.message
             WHERE events.id > $after{(arrivalsOnly ? $" AND kind = '{EventRow.Received}'" : "")} ORDER BY events.id LIMIT $limit
             """,
            ("$after", cursor), ("$limit", limit));
        return ([.. found.OfType<MessengerEvent>()], found.Count, last);
    }

    /// <summary>Of the messages that have a text and were not read, the oldest: how the log tells of their arrival.</summary>
    public static IReadOnlyList<MessageReceived> Unread(PreparedStatements statements, StoreKey key, int limit) => statements.Query(
        row => new MessageReceived(row.GetInt64(0), row.Time(1), MessageTable.Read(row, 2, key)),
        $"""
         SELECT events.id, at, {MessageTable.Columns}
         FROM messages INDEXED BY messages_unread_in_order JOIN events ON events.message = messages.id AND kind = '{EventRow.Received}'
         WHERE messages.state = 'received' AND text IS NOT NULL ORDER BY messages.id LIMIT $limit
         """,
        ("$limit", limit));

    /// <summary>Removes what was logged about a contact.</summary>
    public static void Forget(PreparedStatements statements, Username contact) =>
        statements.Execute("DELETE FROM events WHERE message IS NULL AND contact = $contact", ("$contact", contact.Value));

    private static MessengerEvent? Read(PreparedStatements statements, StoreKey key, SqliteDataReader row)
    {
        var (cursor, at, failure, detail) = (row.GetInt64(0), row.Time(1), row.TextOrNull(5), row.TextOrNull(6));
        switch (row.GetString(2))
        {
            case EventRow.Received or EventRow.State when row.IsDBNull(7 + MessageTable.TextColumn):
                return null;
            case EventRow.Received:
                return new MessageReceived(cursor, at, MessageTable.Read(row, 7, key) with { State = MessageState.Received });
            case EventRow.State:
                return new MessageStateChanged(cursor, at, MessageTable.Read(row, 7, key) with
                {
                    State = EnumText<MessageState>.Parse(row.GetString(4)),
                    Failure = failure is null ? SendFailure.None : EnumText<SendFailure>.Parse(failure),
                    Detail = detail,
                });
            case EventRow.Contact:
                return new ContactChanged(cursor, at, ContactRows.Find(statements, key, StateText.User(row.GetString(3))));
            default:
                return new ConnectionChanged(cursor, at, EnumText<ConnectionState>.Parse(row.GetString(4)), detail)
                {
                    Failure = failure is null ? null : EnumText<TransportFailure>.Parse(failure),
                };
        }
    }
}
