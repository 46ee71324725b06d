using NesActors.Contracts;
using NesActors.Core.Storage.Delivery;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>The table <c>received</c>.</summary>
internal static class ReceivedTable
{
    public static ContactDelivery Of(PreparedStatements statements, Username contact) => new(
        [
            .. statements.Query(
                row => StreamArrivals.Read(StreamId.Read(row.GetFieldValue<byte[]>(0)), row.GetInt64(1), row.GetFieldValue<byte[]>(2)),
                "SELECT stream, up_to, beyond FROM received WHERE contact = $contact ORDER BY arrival", ("$contact", contact.Value)),
        ]);

    /// <summary>Whether a numbered message has ever come from the contact.</summary>
    public static bool Has(PreparedStatements statements, Username contact) =>
        statements.Scalar("SELECT 1 FROM received WHERE contact = $contact LIMIT 1", ("$contact", contact.Value)) is not null;

    public static void Add(PreparedStatements statements, Username contact, MessageNumber number, ReadOnlyMemory<byte> contentHash)
    {
        var known = Of(statements, contact);
        var now = known.With(number, contentHash);
        var latest = now.Latest!;
        statements.Execute(
            """
            INSERT INTO received (contact, stream, up_to, beyond, arrival)
            VALUES ($contact, $stream, $up_to, $beyond, (SELECT COALESCE(MAX(arrival), 0) + 1 FROM received WHERE contact = $contact))
            ON CONFLICT (contact, stream) DO UPDATE SET up_to = excluded.up_to, beyond = excluded.beyond, arrival = excluded.arrival
            """,
            ("$contact", contact.Value), ("$stream", latest.Stream.ToBytes()), ("$up_to", latest.UpTo), ("$beyond", latest.BeyondToBytes()));
        foreach (var gone in known.Received.Where(stream => now.Received.All(kept => kept.Stream != stream.Stream)))
        {
            statements.Execute("DELETE FROM received WHERE contact = $contact AND stream = $stream", ("$contact", contact.Value), ("$stream", gone.Stream.ToBytes()));
        }
    }
}
