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
                row => StreamArrivals.Read(StreamId.Read(row.GetFieldValue<byte[]>(0)), row.GetInt64(1), row.GetFieldValue<byte[]>(2)) with { UpToHash = row.IsDBNull(3) ? default : row.GetFieldValue<byte[]>(3) },
                "SELECT stream, up_to, beyond, up_to_hash FROM received WHERE contact = $contact ORDER BY arrival", ("$contact", contact.Value)),
        ]);

    /// <summary>Whether a numbered message has ever come from the contact.</summary>
    public static bool Has(PreparedStatements statements, Username contact) =>
        statements.Scalar("SELECT 1 FROM received WHERE contact = $contact LIMIT 1", ("$contact", contact.Value)) is not null;

    /// <returns>Whether something else had arrived before it than its sender wrote there.</returns>
    public static bool Add(PreparedStatements statements, Username contact, MessageNumber number, ReceivedContent content)
    {
        var known = Of(statements, contact);
        var now = known.With(number, content.ContentHash);
        var latest = now.Latest!;
        statements.Execute(
            """
            INSERT INTO received (contact, stream, up_to, beyond, up_to_hash, arrival)
            VALUES ($contact, $stream, $up_to, $beyond, $up_to_hash, (SELECT COALESCE(MAX(arrival), 0) + 1 FROM received WHERE contact = $contact))
            ON CONFLICT (contact, stream) DO UPDATE SET up_to = excluded.up_to, beyond = excluded.beyond, up_to_hash = excluded.up_to_hash, arrival = excluded.arrival
            """,
            ("$contact", contact.Value), ("$stream", latest.Stream.ToBytes()), ("$up_to", latest.UpTo), ("$beyond", latest.BeyondToBytes()),
            ("$up_to_hash", latest.UpToHash.IsEmpty ? null : latest.UpToHash.ToArray()));
        foreach (var gone in known.Received.Where(stream => now.Received.All(kept => kept.Stream != stream.Stream)))
        {
            statements.Execute("DELETE FROM received WHERE contact = $contact AND stream = $stream", ("$contact", contact.Value), ("$stream", gone.Stream.ToBytes()));
        }
        return known.Of(number.Stream).Contradicts(number.Number, content.Previous);
    }
}
