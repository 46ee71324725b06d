using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage.Delivery;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>The table <c>unconfirmed</c>.</summary>
internal static class UnconfirmedTable
{
    /// <summary>How many messages to one contact wait to be confirmed; beyond it the oldest are not sent again.</summary>
    public const int MaxPerContact = 10_000;

    /// <summary>Takes a message from the outbox that has a number, and a frame that may have left.</summary>
    public static void Add(PreparedStatements statements, long row, Username contact) => statements.Execute(
        """
        INSERT INTO unconfirmed (id, contact, stream, number, content, content_hash, frame, recipient)
        SELECT id, $contact, stream, number, content, content_hash, frame, recipient FROM outbox
        WHERE id = $id AND stream IS NOT NULL AND content IS NOT NULL AND content_hash IS NOT NULL AND frame IS NOT NULL
        """,
        ("$id", row), ("$contact", contact.Value));

    public static void Remove(PreparedStatements statements, long row) => statements.Execute("DELETE FROM unconfirmed WHERE id = $id", ("$id", row));

    public static void StoreFrame(PreparedStatements statements, long row, OutgoingFrame frame) => statements.Execute(
        "UPDATE unconfirmed SET frame = $frame, recipient = $recipient WHERE id = $id", ("$frame", frame.Bytes.ToArray()), ("$recipient", frame.Recipient.Value), ("$id", row));

    /// <summary>The rows and numbers of messages that have left, settled or not, and that an acknowledgement covers.</summary>
    public static List<(long Row, MessageNumber Number)> Covered(PreparedStatements statements, Username contact, Acknowledgement ack) =>
    [
        .. statements.Query(
            row => (Row: row.GetInt64(0), Number: new MessageNumber(ack.Stream, row.GetInt64(1)), Hash: row.GetFieldValue<byte[]>(2)),
            """
            SELECT id, number, content_hash FROM unconfirmed WHERE contact = $contact AND stream = $stream
            UNION ALL SELECT outbox.id, outbox.number, content_hash FROM outbox JOIN messages ON messages.id = outbox.id
            WHERE messages.contact = $contact AND outbox.stream = $stream AND leaving = 1 AND content_hash IS NOT NULL
            """,
            ("$contact", contact.Value), ("$stream", ack.Stream.ToBytes())).Where(sent => ack.Covers(sent.Number, sent.Hash)).Select(sent => (sent.Row, sent.Number)),
    ];

    public static List<UnconfirmedMessage> Oldest(PreparedStatements statements, StoreKey key, Username contact, int limit) => statements.Query(
        row => Read(row, key),
        $"""
         SELECT {MessageTable.Columns}, unconfirmed.stream, unconfirmed.number, content, content_hash, frame, recipient
         FROM unconfirmed JOIN messages ON messages.id = unconfirmed.id WHERE unconfirmed.contact = $contact ORDER BY unconfirmed.id LIMIT $limit
         """,
        ("$contact", contact.Value), ("$limit", limit));

    /// <summary>The contacts that confirm, and have not confirmed all.</summary>
    public static List<Username> Awaited(PreparedStatements statements) => statements.Query(
        row => StateText.User(row.GetString(0)), "SELECT DISTINCT contact FROM received WHERE EXISTS (SELECT 1 FROM unconfirmed WHERE unconfirmed.contact = received.contact)");

    /// <summary>Gives up on what nobody will confirm any more.</summary>
    public static void Trim(StoreTransaction transaction, DateTimeOffset before)
    {
        var statements = transaction.Statements;
        statements.Execute("DELETE FROM unconfirmed WHERE id IN (SELECT id FROM messages WHERE direction = 'outgoing' AND recorded_at < $before)", ("$before", before.ToUnixTimeMilliseconds()));
        statements.Execute("DELETE FROM unconfirmed WHERE id NOT IN (SELECT id FROM messages)");
        foreach (var contact in statements.Query(row => row.GetString(0), "SELECT contact FROM unconfirmed GROUP BY contact HAVING COUNT(*) > $max", ("$max", MaxPerContact)))
        {
            statements.Execute(
                "DELETE FROM unconfirmed WHERE contact = $contact AND id <= (SELECT id FROM unconfirmed WHERE contact = $contact ORDER BY id DESC LIMIT 1 OFFSET $max)",
                ("$contact", contact), ("$max", MaxPerContact));
        }
    }

    private static UnconfirmedMessage Read(SqliteDataReader row, StoreKey key)
    {
        var message = MessageTable.Read(row, 0, key);
        const int first = MessageTable.TextColumn + 1;
        var frame = new OutgoingFrame(row.GetFieldValue<byte[]>(first + 4), new Fingerprint(row.GetString(first + 5)))
        {
            Content = key.Open(OutboxTable.PlaceOf(message), row.GetFieldValue<byte[]>(first + 2)),
            ContentHash = row.GetFieldValue<byte[]>(first + 3),
        };
        var number = new MessageNumber(StreamId.Read(row.GetFieldValue<byte[]>(first)), row.GetInt64(first + 1));
        return new UnconfirmedMessage(message.Id, message.SentAt, number, frame, message.State == MessageState.Published);
    }
}
