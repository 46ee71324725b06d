using NesActors.Contracts;
using NesActors.Core.Conversation;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>Contacts as front-ends see them: whose keys are pinned, from the table <c>contacts</c>, and what is unread, from the messages.</summary>
internal static class ContactRows
{
    public static Contact Find(PreparedStatements statements, Username user) => Of(
        user, ContactTable.Find(statements.Connection, user),
        (long)statements.Scalar("SELECT COUNT(*) FROM messages WHERE contact = $contact AND state = 'received'", ("$contact", user.Value))!);

    /// <summary>Everybody whose keys were seen or with whom there are messages, in the order of the names.</summary>
    public static IReadOnlyList<Contact> All(PreparedStatements statements)
    {
        var pins = ContactTable.All(statements.Connection);
        var unread = statements.Query(row => (User: row.GetString(0), Count: row.GetInt64(1)), "SELECT contact, COUNT(*) FROM messages WHERE state = 'received' GROUP BY contact")
            .ToDictionary(row => row.User, row => row.Count);
        // From name to name through the index: a DISTINCT would go through all messages.
        var talkedTo = statements.Query(
            row => StateText.User(row.GetString(0)),
            """
            WITH RECURSIVE names (name) AS (
                SELECT MIN(contact) FROM messages
                UNION ALL SELECT (SELECT MIN(contact) FROM messages WHERE contact > name) FROM names WHERE name IS NOT NULL)
            SELECT name FROM names WHERE name IS NOT NULL
            """);
        return [.. pins.Keys.Union(talkedTo).Order().Select(user => Of(user, pins.GetValueOrDefault(user, KeyTrust.None), unread.GetValueOrDefault(user.Value)))];
    }

    private static Contact Of(Username user, KeyTrust trust, long unread) =>
        new(user, trust.State, trust.Pinned, trust.Offered, (int)unread) { Vouched = trust.Vouched };
}
