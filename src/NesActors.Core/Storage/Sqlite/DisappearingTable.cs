using NesActors.Contracts;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>The table <c>disappearing</c>.</summary>
internal static class DisappearingTable
{
    public static void Put(PreparedStatements statements, Username contact, TimeSpan? after)
    {
        if (after is { } time)
        {
            statements.Execute(
                "INSERT INTO disappearing (contact, after) VALUES ($contact, $after) ON CONFLICT (contact) DO UPDATE SET after = excluded.after",
                ("$contact", contact.Value), ("$after", (long)time.TotalSeconds));
        }
        else
        {
            statements.Execute("DELETE FROM disappearing WHERE contact = $contact", ("$contact", contact.Value));
        }
    }

    public static List<(Username Contact, TimeSpan After)> All(PreparedStatements statements) =>
        statements.Query(row => (StateText.User(row.GetString(0)), TimeSpan.FromSeconds(row.GetInt64(1))), "SELECT contact, after FROM disappearing");
}
