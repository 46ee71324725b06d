using System.Runtime.InteropServices;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>The table <c>spool</c>.</summary>
internal static class SpoolTable
{
    public static SpoolId Add(PreparedStatements statements, ReadOnlyMemory<byte> frame) =>
        new((long)statements.Scalar("INSERT INTO spool (frame) VALUES ($frame) RETURNING id", ("$frame", ArrayOf(frame)))!);

    public static void Remove(PreparedStatements statements, SpoolId id) => statements.Execute("DELETE FROM spool WHERE id = $id", ("$id", id.Value));

    public static List<SpooledFrame> After(PreparedStatements statements, SpoolId after, int limit) => statements.Query(
        row => new SpooledFrame(new SpoolId(row.GetInt64(0)), row.GetFieldValue<byte[]>(1)),
        "SELECT id, frame FROM spool WHERE id > $after ORDER BY id LIMIT $limit", ("$after", after.Value), ("$limit", limit));

    public static void CountInto(PreparedStatements statements, SpoolAccount account)
    {
        foreach (var (id, size) in statements.Query(row => (new SpoolId(row.GetInt64(0)), row.GetInt32(1)), "SELECT id, length(frame) FROM spool")) account.Restore(id, size);
    }

    /// <summary>The frame's own bytes where they are an array: it lives until the row is written.</summary>
    private static byte[] ArrayOf(ReadOnlyMemory<byte> frame) =>
        MemoryMarshal.TryGetArray(frame, out var part) && part.Offset == 0 && part.Count == part.Array!.Length ? part.Array : frame.ToArray();
}
