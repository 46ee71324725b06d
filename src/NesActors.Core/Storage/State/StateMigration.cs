using System.Runtime.CompilerServices;
using DbUp;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;

namespace NesActors.Core.Storage.State;

/// <summary>
/// Brings the tables up to date. The database's own <c>user_version</c> says how many scripts have run, so that a start with nothing to do costs
/// one look and loads no more code.
/// </summary>
internal static class StateMigration
{
    private const string Prefix = "NesActors.Core.Storage.State.Migrations.";

    private static readonly int Latest = typeof(StateMigration).Assembly.GetManifestResourceNames().Count(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    /// <summary>Runs the scripts that are due, all or none, also where several processes come at once.</summary>
    /// <exception cref="StateException">The database was made by a newer program, or is none of this kind.</exception>
    public static void Run(SqliteConnection connection)
    {
        var version = VersionOf(connection);
        if (version == 0) throw new StateException($"{connection.DataSource} is no state of this program. Restore it from a copy.");
        if (version > Latest) throw new StateException($"{connection.DataSource} was made by a newer version of this program (state {version}; this one knows {Latest}).");
        if (version < Latest) Migrate(connection);
    }

    /// <summary>Makes the tables in an empty database.</summary>
    public static void Begin(SqliteConnection connection) => Migrate(connection);

    // Of its own, so that the migrator's assemblies are loaded only where this is called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Migrate(SqliteConnection connection)
    {
        connection.Execute("BEGIN EXCLUSIVE");
        try
        {
            // Another process may have done it while this one waited: then there is no script left to run.
            using var shared = new SharedConnection(connection);
            var result = DeployChanges.To.SqliteDatabase(shared)
                .WithScriptsEmbeddedInAssembly(typeof(StateMigration).Assembly, name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .WithoutTransaction()
                .LogToNowhere()
                .Build()
                .PerformUpgrade();
            if (!result.Successful) throw new StateException($"{connection.DataSource} cannot be brought up to date: {result.Error.Message}", result.Error);
            connection.Execute($"PRAGMA user_version = {Latest}");
            connection.Execute("COMMIT");
        }
        catch
        {
            connection.Execute("ROLLBACK");
            throw;
        }
    }

    private static int VersionOf(SqliteConnection connection)
    {
        using var command = connection.Command("PRAGMA user_version");
        return (int)(long)command.ExecuteScalar()!;
    }
}
