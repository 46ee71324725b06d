using DbUp;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Rest.Storage;

/// <summary>Brings the tables up to date: each script of <c>Migrations/</c> runs once, in the order of its number.</summary>
internal static class GatewayMigration
{
    private const string Prefix = "NesActors.FrontEnd.Rest.Storage.Migrations.";

    private static readonly int Latest = typeof(GatewayMigration).Assembly.GetManifestResourceNames().Count(name => name.StartsWith(Prefix, StringComparison.Ordinal));

    /// <exception cref="GatewayException">The database was made by a newer program, or cannot be brought up to date.</exception>
    public static void Run(SqliteConnection connection)
    {
        var version = VersionOf(connection);
        if (version > Latest) throw new GatewayException($"{connection.DataSource} was made by a newer version of this program (tables {version}; this one knows {Latest})");
        if (version == Latest) return;
        using var shared = new SharedConnection(connection);
        var result = DeployChanges.To.SqliteDatabase(shared)
            .WithScriptsEmbeddedInAssembly(typeof(GatewayMigration).Assembly, name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .WithTransactionPerScript()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful) throw new GatewayException($"{connection.DataSource} cannot be brought up to date: {result.Error.Message}", result.Error);
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA user_version = {Latest}";
        command.ExecuteNonQuery();
    }

    private static int VersionOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return (int)(long)command.ExecuteScalar()!;
    }
}
