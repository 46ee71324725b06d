using NesActors.Contracts;
using NesActors.Core.Contacts;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>Contacts as front-ends see them: what the tables <c>contacts</c> and <c>disappearing</c> say, and what is unread, from the messages.</summary>
internal static class ContactRows
{
    public static Contact Find(PreparedStatements statements, StoreKey key, Username user)
    {
        var (unread, after) = statements.Query(
            row => (row.GetInt32(0), row.IsDBNull(1) ? (TimeSpan?)null : TimeSpan.FromSeconds(row.GetInt64(1))),
            "SELECT (SELECT COUNT(*) FROM messages WHERE contact = $contact AND state = 'received'), (SELECT after FROM disappearing WHERE contact = $contact)",
            ("$contact", user.Value)).Single();
        return ContactTable.Find(statements, key, user).ToContact(user, unread) with { DisappearAfter = after };
    }

    /// <summary>Everybody who stands in one of the tables or with whom there are messages, in the order of the names.</summary>
    public static IReadOnlyList<Contact> All(PreparedStatements statements, StoreKey key)
    {
        var known = ContactTable.All(statements, key);
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
        var disappearing = DisappearingTable.All(statements).ToDictionary(row => row.Contact, row => (TimeSpan?)row.After);
        return
        [
            .. known.Keys.Union(talkedTo).Union(disappearing.Keys).Order().Select(user =>
                known.GetValueOrDefault(user, ContactEntry.None).ToContact(user, (int)unread.GetValueOrDefault(user.Value)) with { DisappearAfter = disappearing.GetValueOrDefault(user) }),
        ];
    }
}
