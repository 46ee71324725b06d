using Microsoft.Data.Sqlite;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Records;

namespace NesActors.Core.Storage.State;

/// <summary>The table <c>directories</c>.</summary>
internal static class DirectoryTable
{
    public static KnownDirectory? Find(SqliteConnection connection, Digest anchor) => connection.Query(
        row => new KnownDirectory(
            anchor, row.GetString(0), StateText.Digest(row.GetString(1)), row.GetInt32(2), row.GetString(3), row.GetFieldValue<byte[]>(4),
            row.Time(5), row.Time(6), row.Time(7)),
        "SELECT address, dir, rev, key, fresh_key, issued, expires, proves_since FROM directories WHERE anchor = $anchor",
        ("$anchor", anchor.Hex)).SingleOrDefault();

    public static void Put(SqliteConnection connection, KnownDirectory directory) => connection.Execute(
        """
        INSERT INTO directories (anchor, address, dir, rev, key, fresh_key, issued, expires, proves_since)
        VALUES ($anchor, $address, $dir, $rev, $key, $fresh_key, $issued, $expires, $proves_since)
        ON CONFLICT (anchor) DO UPDATE SET
            address = excluded.address, rev = excluded.rev, key = excluded.key, fresh_key = excluded.fresh_key,
            issued = excluded.issued, expires = excluded.expires
        """,
        ("$anchor", directory.Anchor.Hex), ("$address", directory.Address), ("$dir", directory.Directory.Hex), ("$rev", directory.Rev), ("$key", directory.Key),
        ("$fresh_key", directory.FreshKey.ToArray()), ("$issued", directory.Issued.ToUnixTimeMilliseconds()),
        ("$expires", directory.Expires.ToUnixTimeMilliseconds()), ("$proves_since", directory.ProvesSince.ToUnixTimeMilliseconds()));
}
