using Microsoft.Data.Sqlite;

namespace NesActors.Directory.Tests.Support;

/// <summary>A directory's database in the hands of the test.</summary>
internal static class DatabaseOfDirectory
{
    public static SqliteConnection OpenDatabase(this TestDirectory directory)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = directory.Folder.File("directory.db"), Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
