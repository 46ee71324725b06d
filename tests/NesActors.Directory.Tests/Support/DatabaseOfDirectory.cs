using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace NesActors.Directory.Tests.Support;

/// <summary>A directory's database in the hands of the test.</summary>
internal static class DatabaseOfDirectory
{
    /// <summary>The database that it uses, of either kind.</summary>
    public static DbConnection Connect(this TestDirectory directory) =>
        directory.Postgres is { } postgres ? new NpgsqlConnection(postgres + ";Pooling=false") : directory.OpenDatabase();

    public static SqliteConnection OpenDatabase(this TestDirectory directory)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = directory.Folder.File("directory.db"), Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
