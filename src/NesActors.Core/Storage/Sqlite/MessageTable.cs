using System.Text;
using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Core.Storage.Delivery;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>The table <c>messages</c>. Texts are sealed.</summary>
internal static class MessageTable
{
    public const string Columns =
        "messages.message, messages.contact, direction, sent_at, recorded_at, messages.state, messages.failure, messages.detail, under_changed_key, out_of_time, request, older_suite, breaks_chain, text";

    /// <summary>Where the text stands among the columns.</summary>
    public const int TextColumn = 13;

    private const string Incoming = "incoming", Outgoing = "outgoing";

    /// <summary>The text as it is stored.</summary>
    public static byte[] SealText(StoreKey key, StoredMessage message) =>
        key.Seal(PlaceOf(message.Id, message.Direction, message.Contact), Encoding.UTF8.GetBytes(message.Text));

    /// <summary>Adds a message, and its place in its sender's numbering where that is known.</summary>
    /// <returns>Its row.</returns>
    public static long Add(PreparedStatements statements, StoredMessage message, byte[] text, MessageNumber? number = null) => (long)statements.Scalar(
        """
        INSERT INTO messages (message, contact, direction, sent_at, recorded_at, state, under_changed_key, out_of_time, request, older_suite, breaks_chain, text, stream, number)
        VALUES ($message, $contact, $direction, $sent_at, $recorded_at, $state, $under_changed_key, $out_of_time, $request, $older_suite, $breaks_chain, $text, $stream, $number) RETURNING id
        """,
        ("$message", Bytes(message.Id)), ("$contact", message.Contact.Value), ("$direction", message.Direction == MessageDirection.Incoming ? Incoming : Outgoing),
        ("$sent_at", message.SentAt.ToUnixTimeMilliseconds()), ("$recorded_at", message.RecordedAt.ToUnixTimeMilliseconds()),
        ("$state", EnumText<MessageState>.Of(message.State)), ("$under_changed_key", message.UnderChangedKey), ("$out_of_time", message.IsOutOfTime),
        ("$request", message.IsRequest), ("$older_suite", message.IsOlderSuite), ("$breaks_chain", message.BreaksChain), ("$text", text), ("$stream", number?.Stream.ToBytes()), ("$number", number?.Number))!;

    /// <summary>Gives a message its place in its sender's numbering.</summary>
    public static void Number(PreparedStatements statements, long row, MessageNumber number) => statements.Execute(
        "UPDATE messages SET stream = $stream, number = $number WHERE id = $id", ("$stream", number.Stream.ToBytes()), ("$number", number.Number), ("$id", row));

    /// <summary>The rows of messages to a contact that were delivered under these numbers of a stream, and are not yet known to be read.</summary>
    public static List<long> Delivered(PreparedStatements statements, Username contact, StreamId stream, long upTo) => statements.Query(
        row => row.GetInt64(0),
        "SELECT id FROM messages WHERE contact = $contact AND state = 'delivered' AND number <= $up_to AND number IS NOT NULL AND stream = $stream ORDER BY number",
        ("$contact", contact.Value), ("$up_to", upTo), ("$stream", stream.ToBytes()));

    /// <summary>The lowest number of a contact's stream that was not read; null where all was.</summary>
    public static long? FirstUnread(PreparedStatements statements, Username contact, StreamId stream) => statements.Scalar(
        "SELECT MIN(number) FROM messages WHERE contact = $contact AND state = 'received' AND stream = $stream", ("$contact", contact.Value), ("$stream", stream.ToBytes())) as long?;

    /// <summary>A message and its row; null where there is none.</summary>
    public static (long Row, StoredMessage Message)? Find(PreparedStatements statements, StoreKey key, MessageId id)
    {
        var found = statements.Query(
            row => (row.GetInt64(TextColumn + 1), Read(row, 0, key)), $"SELECT {Columns}, messages.id FROM messages WHERE message = $message", ("$message", Bytes(id)));
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The message of a row.</summary>
    public static StoredMessage? At(PreparedStatements statements, StoreKey key, long row) =>
        statements.Query(found => Read(found, 0, key), $"SELECT {Columns} FROM messages WHERE id = $id", ("$id", row)).SingleOrDefault();

    /// <summary>Writes how far a message has come.</summary>
    public static void Advance(PreparedStatements statements, long row, StoredMessage message, bool keepsText) => statements.Execute(
        "UPDATE messages SET state = $state, failure = $failure, detail = $detail, text = CASE WHEN $keeps THEN text END WHERE id = $id",
        ("$state", EnumText<MessageState>.Of(message.State)), ("$failure", FailureOf(message)), ("$detail", message.Detail), ("$keeps", keepsText), ("$id", row));

    /// <summary>Marks what came from a contact as read, up to a row.</summary>
    /// <returns>How many were not read before.</returns>
    public static int MarkRead(PreparedStatements statements, Username contact, long last) => statements.Execute(
        "UPDATE messages SET state = 'read' WHERE contact = $contact AND state = 'received' AND id <= $last", ("$contact", contact.Value), ("$last", last));

    /// <summary>The newest messages that have a text, of one contact or of all, before a row; the newest first.</summary>
    public static List<(long Row, StoredMessage Message)> Newest(PreparedStatements statements, StoreKey key, Username? contact, long before, int limit) => contact is { } user
        ? statements.Query(
            row => (row.GetInt64(TextColumn + 1), Read(row, 0, key)),
            $"SELECT {Columns}, messages.id FROM messages WHERE contact = $contact AND id < $before AND text IS NOT NULL ORDER BY id DESC LIMIT $limit",
            ("$contact", user.Value), ("$before", before), ("$limit", limit))
        : statements.Query(
            row => (row.GetInt64(TextColumn + 1), Read(row, 0, key)),
            $"SELECT {Columns}, messages.id FROM messages WHERE id < $before AND text IS NOT NULL ORDER BY id DESC LIMIT $limit",
            ("$before", before), ("$limit", limit));

    /// <summary>The first messages with a contact that have a text, between two rows, the oldest first.</summary>
    public static List<StoredMessage> Between(PreparedStatements statements, StoreKey key, Username contact, long after, long before, int limit) => statements.Query(
        row => Read(row, 0, key),
        $"SELECT {Columns} FROM messages WHERE contact = $contact AND id > $after AND id < $before AND text IS NOT NULL ORDER BY id LIMIT $limit",
        ("$contact", contact.Value), ("$after", after), ("$before", before), ("$limit", limit));

    /// <summary>The row of a message, to page from; null where there is none.</summary>
    public static long? RowOf(PreparedStatements statements, MessageId id) => (long?)statements.Scalar("SELECT id FROM messages WHERE message = $message", ("$message", Bytes(id)));

    public static StoredMessage Read(SqliteDataReader row, int first, StoreKey key)
    {
        var id = new MessageId(new Guid(row.GetFieldValue<byte[]>(first), bigEndian: true));
        var contact = StateText.User(row.GetString(first + 1));
        var direction = row.GetString(first + 2) == Incoming ? MessageDirection.Incoming : MessageDirection.Outgoing;
        var text = row.IsDBNull(first + TextColumn)
            ? ""
            : Encoding.UTF8.GetString(key.Open(PlaceOf(id, direction, contact), row.GetFieldValue<byte[]>(first + TextColumn)));
        return new StoredMessage(
            id, contact, direction, row.Time(first + 3), row.Time(first + 4), text, EnumText<MessageState>.Parse(row.GetString(first + 5)))
        {
            Failure = row.TextOrNull(first + 6) is { } failure ? EnumText<SendFailure>.Parse(failure) : SendFailure.None,
            Detail = row.TextOrNull(first + 7),
            UnderChangedKey = row.GetBoolean(first + 8),
            IsOutOfTime = row.GetBoolean(first + 9),
            IsRequest = row.GetBoolean(first + 10),
            IsOlderSuite = row.GetBoolean(first + 11),
            BreaksChain = row.GetBoolean(first + 12),
        };
    }

    public static string? FailureOf(StoredMessage message) => message.Failure == SendFailure.None ? null : EnumText<SendFailure>.Of(message.Failure);

    public static byte[] Bytes(MessageId id) => id.Value.ToByteArray(bigEndian: true);

    private static SealedPlace PlaceOf(MessageId id, MessageDirection direction, Username contact) => new(SealedTable.Messages, id, direction, contact);
}
