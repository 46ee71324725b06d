using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Records;

namespace NesActors.Core.Storage.State;

/// <summary>The table <c>records</c>.</summary>
internal static class RecordTable
{
    public static SeenRecord? Find(SqliteConnection connection, Digest directory, Username user) => connection.Query(
        row => new SeenRecord(row.GetInt64(0), StateText.Digest(row.GetString(1))),
        "SELECT rev, hash FROM records WHERE dir = $dir AND user = $user",
        ("$dir", directory.Hex), ("$user", user.Value)).SingleOrDefault();

    public static void Put(SqliteConnection connection, Digest directory, Username user, SeenRecord record, DateTimeOffset now) => connection.Execute(
        """
        INSERT INTO records (dir, user, rev, hash, seen_at) VALUES ($dir, $user, $rev, $hash, $now)
        ON CONFLICT (dir, user) DO UPDATE SET rev = excluded.rev, hash = excluded.hash, seen_at = excluded.seen_at
        """,
        ("$dir", directory.Hex), ("$user", user.Value), ("$rev", record.Rev), ("$hash", record.Hash.Hex), ("$now", now.ToUnixTimeMilliseconds()));
}
