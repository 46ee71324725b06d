using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage.Delivery;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>The table <c>outbox</c>. Composed contents are sealed; frames are, as they are.</summary>
internal static class OutboxTable
{
    public static void Add(PreparedStatements statements, long row) => statements.Execute("INSERT INTO outbox (id) VALUES ($id)", ("$id", row));

    /// <summary>Whether something to this contact waits to go out.</summary>
    public static bool Has(PreparedStatements statements, Username contact) => statements.Scalar(
        "SELECT 1 FROM outbox JOIN messages ON messages.id = outbox.id WHERE contact = $contact LIMIT 1", ("$contact", contact.Value)) is not null;

    public static void Remove(PreparedStatements statements, long row) => statements.Execute("DELETE FROM outbox WHERE id = $id", ("$id", row));

    public static void StoreFrame(PreparedStatements statements, StoreKey key, (long Row, StoredMessage Message) queued, OutgoingFrame frame) => statements.Execute(
        "UPDATE outbox SET content = $content, content_hash = $content_hash, frame = $frame, recipient = $recipient, leaving = 1 WHERE id = $id",
        ("$content", frame.Content.IsEmpty ? null : key.Seal(PlaceOf(queued.Message), frame.Content.Span)),
        ("$content_hash", frame.ContentHash.IsEmpty ? null : frame.ContentHash.ToArray()), ("$frame", frame.Bytes.ToArray()),
        ("$recipient", frame.Recipient.Value), ("$id", queued.Row));

    public static void NotSent(PreparedStatements statements, MessageId id) => statements.Execute(
        "UPDATE outbox SET leaving = 0 WHERE id = (SELECT id FROM messages WHERE message = $message)", ("$message", MessageTable.Bytes(id)));

    public static List<OutboxEntry> All(PreparedStatements statements, StoreKey key) => statements.Query(
        row =>
        {
            var message = MessageTable.Read(row, 0, key);
            const int first = MessageTable.TextColumn + 1;
            return new OutboxEntry(message, FrameOf(row, first, key, message), row.GetBoolean(first + 4))
            {
                Number = row.IsDBNull(first + 5) ? null : new MessageNumber(StreamId.Read(row.GetFieldValue<byte[]>(first + 5)), row.GetInt64(first + 6)),
            };
        },
        $"SELECT {MessageTable.Columns}, content, content_hash, frame, recipient, leaving, outbox.stream, outbox.number FROM outbox JOIN messages ON messages.id = outbox.id ORDER BY outbox.id");

    private static OutgoingFrame? FrameOf(SqliteDataReader row, int first, StoreKey key, StoredMessage message) => row.IsDBNull(first + 2)
        ? null
        : new OutgoingFrame(row.GetFieldValue<byte[]>(first + 2), new Fingerprint(row.GetString(first + 3)))
        {
            Content = row.IsDBNull(first) ? default : key.Open(PlaceOf(message), row.GetFieldValue<byte[]>(first)),
            ContentHash = row.IsDBNull(first + 1) ? default : row.GetFieldValue<byte[]>(first + 1),
        };

    public static SealedPlace PlaceOf(StoredMessage message) => new(SealedTable.Outbox, message.Id, message.Direction, message.Contact);
}
