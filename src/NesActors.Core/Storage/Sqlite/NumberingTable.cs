using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Core.Storage.Delivery;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>The tables <c>numbering</c> and <c>installation</c>, and the numbers in the outbox.</summary>
internal static class NumberingTable
{
    /// <summary>Whether the numbering belongs to this installation.</summary>
    public static bool IsOf(PreparedStatements statements, string installation) => statements.Scalar("SELECT id FROM installation") as string == installation;

    /// <summary>Begins anew for this installation. What was numbered before keeps its place in the old streams.</summary>
    /// <returns>How many contacts' numbering that is.</returns>
    public static int Begin(SqliteConnection connection, string installation)
    {
        using var statements = new PreparedStatements(connection);
        statements.Execute("INSERT INTO installation (one, id) VALUES (1, $id) ON CONFLICT (one) DO UPDATE SET id = excluded.id", ("$id", installation));
        var contacts = statements.Query(row => row.GetString(0), "SELECT contact FROM numbering");
        foreach (var contact in contacts) Put(statements, contact, StreamId.New(), 0);
        return contacts.Count;
    }

    /// <summary>The place of a message in the outbox; given where it has none.</summary>
    public static ChainedNumber Give(PreparedStatements statements, long row, Username contact)
    {
        var number = Of(statements, row) ?? GiveNext(statements, row, contact);
        return new ChainedNumber(number, statements.Query(
            found => found.GetFieldValue<byte[]>(0),
            "SELECT sent_hash FROM numbering WHERE contact = $contact AND stream = $stream AND sent = $before AND sent_hash IS NOT NULL",
            ("$contact", contact.Value), ("$stream", number.Stream.ToBytes()), ("$before", number.Number - 1)).SingleOrDefault());
    }

    /// <summary>What a message is that left, or may have: the next one names it.</summary>
    public static void Sent(PreparedStatements statements, long row) => statements.Execute(
        """
        UPDATE numbering SET sent = outbox.number, sent_hash = outbox.content_hash FROM outbox
        WHERE outbox.id = $id AND leaving = 1 AND content_hash IS NOT NULL AND outbox.stream = numbering.stream
        """,
        ("$id", row));

    /// <summary>The number of a message that certainly has not left is the next message's, so that the recipient waits for none.</summary>
    public static void TakeBack(PreparedStatements statements, long row) => statements.Execute(
        """
        UPDATE numbering SET last = last - 1 WHERE EXISTS (
            SELECT 1 FROM outbox WHERE id = $id AND leaving = 0 AND outbox.stream = numbering.stream AND outbox.number = numbering.last)
        """,
        ("$id", row));

    /// <summary>Whether more of the stream has arrived than was ever sent, as far as this state knows; then it begins anew.</summary>
    public static bool IsBehind(PreparedStatements statements, Username contact, Acknowledgement ack)
    {
        if (Find(statements, contact) is not { } known || known.Stream != ack.Stream || ack.UpTo <= known.Last) return false;
        Put(statements, contact.Value, StreamId.New(), 0);
        return true;
    }

    private static MessageNumber GiveNext(PreparedStatements statements, long row, Username contact)
    {
        var (stream, last) = Find(statements, contact) ?? (StreamId.New(), 0);
        Put(statements, contact.Value, stream, last + 1);
        statements.Execute("UPDATE outbox SET stream = $stream, number = $number WHERE id = $id", ("$stream", stream.ToBytes()), ("$number", last + 1), ("$id", row));
        return new MessageNumber(stream, last + 1);
    }

    private static (StreamId Stream, long Last)? Find(PreparedStatements statements, Username contact) => statements.Query(
        row => ((StreamId, long)?)(StreamId.Read(row.GetFieldValue<byte[]>(0)), row.GetInt64(1)),
        "SELECT stream, last FROM numbering WHERE contact = $contact", ("$contact", contact.Value)).SingleOrDefault();

    private static MessageNumber? Of(PreparedStatements statements, long row) => statements.Query(
        found => (MessageNumber?)new MessageNumber(StreamId.Read(found.GetFieldValue<byte[]>(0)), found.GetInt64(1)),
        "SELECT stream, number FROM outbox WHERE id = $id AND stream IS NOT NULL", ("$id", row)).SingleOrDefault();

    private static void Put(PreparedStatements statements, string contact, StreamId stream, long last) => statements.Execute(
        "INSERT INTO numbering (contact, stream, last) VALUES ($contact, $stream, $last) ON CONFLICT (contact) DO UPDATE SET stream = excluded.stream, last = excluded.last, sent = CASE WHEN stream = excluded.stream THEN sent END",
        ("$contact", contact), ("$stream", stream.ToBytes()), ("$last", last));
}
