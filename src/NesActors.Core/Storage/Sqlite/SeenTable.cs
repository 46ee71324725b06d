using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>The table <c>seen</c>.</summary>
internal static class SeenTable
{
    /// <returns>Whether this is the first time.</returns>
    public static bool TryAdd(PreparedStatements statements, byte[] hash) =>
        statements.Execute("INSERT INTO seen (hash) VALUES ($hash) ON CONFLICT DO NOTHING", ("$hash", hash)) == 1;
}
