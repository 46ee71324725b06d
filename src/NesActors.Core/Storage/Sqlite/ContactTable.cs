using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>The table <c>contacts</c>. Aliases are sealed: they are the person's own words; so is what contacts told in messages.</summary>
internal static class ContactTable
{
    private const string Columns = "SELECT user, pinned, offered, vouched, pinned_by, verified, accepted, blocked, alias, read_receipts, suite, suite_keys, suite_revision, suite_refusal, offered_suite, suite_carried, capabilities, delivery_receipts FROM contacts";

    public static Dictionary<Username, ContactEntry> All(PreparedStatements statements, StoreKey key) => statements.Query(row => Read(row, key), Columns).ToDictionary();

    public static ContactEntry Find(PreparedStatements statements, StoreKey key, Username user) =>
        statements.Query(row => Read(row, key), $"{Columns} WHERE user = $user", ("$user", user.Value)).Select(row => row.Value).SingleOrDefault(ContactEntry.None);

    public static bool IsStranger(PreparedStatements statements, Username user) =>
        statements.Scalar("SELECT 1 FROM contacts WHERE user = $user AND (accepted OR blocked)", ("$user", user.Value)) is null;

    public static void Put(PreparedStatements statements, StoreKey key, Username user, ContactEntry entry, DateTimeOffset now) => statements.Execute(
        """
        INSERT INTO contacts (user, pinned, offered, vouched, pinned_by, verified, accepted, blocked, alias, read_receipts, suite, suite_keys, suite_revision, suite_refusal, offered_suite, suite_carried, capabilities, delivery_receipts, first_seen)
        VALUES ($user, $pinned, $offered, $vouched, $pinned_by, $verified, $accepted, $blocked, $alias, $read_receipts, $suite, $suite_keys, $suite_revision, $suite_refusal, $offered_suite, $suite_carried, $capabilities, $delivery_receipts, $now)
        ON CONFLICT (user) DO UPDATE SET pinned = excluded.pinned, offered = excluded.offered, vouched = excluded.vouched, pinned_by = excluded.pinned_by,
            verified = excluded.verified, accepted = excluded.accepted, blocked = excluded.blocked, alias = excluded.alias, read_receipts = excluded.read_receipts,
            suite = excluded.suite, suite_keys = excluded.suite_keys, suite_revision = excluded.suite_revision, suite_refusal = excluded.suite_refusal, offered_suite = excluded.offered_suite,
            suite_carried = excluded.suite_carried, capabilities = excluded.capabilities,
            delivery_receipts = excluded.delivery_receipts
        """,
        ("$user", user.Value), ("$pinned", entry.Pinned?.Value), ("$offered", entry.Offered?.Value), ("$vouched", EnumText<Vouching>.Of(entry.Vouched)),
        ("$pinned_by", EnumText<PinOrigin>.Of(entry.PinnedBy)), ("$verified", entry.IsVerified), ("$accepted", entry.IsAccepted), ("$blocked", entry.IsBlocked),
        ("$alias", entry.Alias is { } alias ? key.Seal(PlaceOf(user), Encoding.UTF8.GetBytes(alias)) : null), ("$read_receipts", entry.ReadReceipts),
        ("$suite", entry.Suite), ("$suite_keys", entry.SuiteKeys?.Value), ("$suite_revision", entry.SuiteRevision), ("$suite_refusal", EnumText<SuiteRefusal>.Of(entry.SuiteRefusal)),
        ("$offered_suite", entry.OfferedSuite), ("$suite_carried", entry.IsSuiteCarried),
        ("$capabilities", entry.Capabilities is { } told ? key.Seal(ToldPlaceOf(user), JsonSerializer.SerializeToUtf8Bytes(told, ContactCapabilitiesJson.Default.ContactCapabilities)) : null),
        ("$delivery_receipts", entry.DeliveryReceipts), ("$now", now.ToUnixTimeMilliseconds()));

    public static void Remove(PreparedStatements statements, Username user) => statements.Execute("DELETE FROM contacts WHERE user = $user", ("$user", user.Value));

    public static DateTimeOffset? Doubted(PreparedStatements statements, Username user) =>
        statements.Scalar("SELECT doubted FROM contacts WHERE user = $user", ("$user", user.Value)) is long time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    public static void Doubt(PreparedStatements statements, Username user, DateTimeOffset now) =>
        statements.Execute("UPDATE contacts SET doubted = $now WHERE user = $user", ("$user", user.Value), ("$now", now.ToUnixTimeMilliseconds()));

    private static KeyValuePair<Username, ContactEntry> Read(SqliteDataReader row, StoreKey key)
    {
        var user = StateText.User(row.GetString(0));
        return new(user, new ContactEntry
        {
            Pinned = FingerprintIn(row, 1),
            Offered = FingerprintIn(row, 2),
            Vouched = EnumText<Vouching>.Parse(row.GetString(3)),
            PinnedBy = EnumText<PinOrigin>.Parse(row.GetString(4)),
            IsVerified = row.GetBoolean(5),
            IsAccepted = row.GetBoolean(6),
            IsBlocked = row.GetBoolean(7),
            Alias = row.IsDBNull(8) ? null : Encoding.UTF8.GetString(key.Open(PlaceOf(user), row.GetFieldValue<byte[]>(8))),
            ReadReceipts = row.IsDBNull(9) ? null : row.GetBoolean(9),
            Suite = row.TextOrNull(10),
            SuiteKeys = FingerprintIn(row, 11),
            SuiteRevision = row.GetInt64(12),
            SuiteRefusal = EnumText<SuiteRefusal>.Parse(row.GetString(13)),
            OfferedSuite = row.TextOrNull(14),
            IsSuiteCarried = row.GetBoolean(15),
            Capabilities = row.IsDBNull(16) ? null : JsonSerializer.Deserialize(key.Open(ToldPlaceOf(user), row.GetFieldValue<byte[]>(16)), ContactCapabilitiesJson.Default.ContactCapabilities),
            DeliveryReceipts = row.IsDBNull(17) ? null : row.GetBoolean(17),
        });
    }

    private static Fingerprint? FingerprintIn(SqliteDataReader row, int column) => row.TextOrNull(column) is { } text ? new Fingerprint(text) : null;

    private static SealedPlace ToldPlaceOf(Username user) => new(SealedTable.Capabilities, default, default, user);

    private static SealedPlace PlaceOf(Username user) => new(SealedTable.Contacts, default, default, user);
}
