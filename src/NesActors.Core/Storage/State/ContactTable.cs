using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Conversation;

namespace NesActors.Core.Storage.State;

/// <summary>The table <c>contacts</c>: whose keys are pinned.</summary>
internal static class ContactTable
{
    private const string Columns = "SELECT user, pinned, offered, vouched FROM contacts";

    public static IReadOnlyDictionary<Username, KeyTrust> All(SqliteConnection connection) => connection.Query(Read, Columns).ToDictionary();

    public static KeyTrust Find(SqliteConnection connection, Username user) =>
        connection.Query(Read, $"{Columns} WHERE user = $user", ("$user", user.Value)).Select(row => row.Value).SingleOrDefault(KeyTrust.None);

    public static void Put(SqliteConnection connection, Username user, KeyTrust trust, DateTimeOffset now) => connection.Execute(
        """
        INSERT INTO contacts (user, trust, pinned, offered, vouched, first_seen) VALUES ($user, $trust, $pinned, $offered, $vouched, $now)
        ON CONFLICT (user) DO UPDATE SET trust = excluded.trust, pinned = excluded.pinned, offered = excluded.offered, vouched = excluded.vouched
        """,
        ("$user", user.Value), ("$trust", StateText.Of(trust.State)), ("$pinned", trust.Pinned?.Value), ("$offered", trust.Offered?.Value),
        ("$vouched", StateText.Of(trust.Vouched)), ("$now", now.ToUnixTimeMilliseconds()));

    private static KeyValuePair<Username, KeyTrust> Read(SqliteDataReader row) => new(
        StateText.User(row.GetString(0)),
        new KeyTrust(
            new Fingerprint(row.GetString(1)),
            row.TextOrNull(2) is { } offered ? new Fingerprint(offered) : null,
            StateText.ParseVouching(row.GetString(3))));
}
