using NesActors.Contracts;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>The table <c>disappearing</c>.</summary>
internal static class DisappearingTable
{
    /// <returns>Whether something else was set before.</returns>
    public static bool Put(PreparedStatements statements, Username contact, TimeSpan? after)
    {
        var changed = after is { } time
            ? statements.Execute(
                "INSERT INTO disappearing (contact, after) VALUES ($contact, $after) ON CONFLICT (contact) DO UPDATE SET after = excluded.after WHERE after <> excluded.after",
                ("$contact", contact.Value), ("$after", (long)time.TotalSeconds))
            : statements.Execute("DELETE FROM disappearing WHERE contact = $contact", ("$contact", contact.Value));
        return changed > 0;
    }

    public static List<(Username Contact, TimeSpan After)> All(PreparedStatements statements) =>
        statements.Query(row => (StateText.User(row.GetString(0)), TimeSpan.FromSeconds(row.GetInt64(1))), "SELECT contact, after FROM disappearing");
}
