using System.Data.Common;
using Dapper;
using NesActors.Directory.Keys;
using NesActors.Records;

namespace NesActors.Directory.Storage;

/// <summary>Whose tables these are: the directory, and the Ed25519 key that signed what is in <c>freshness</c>.</summary>
internal static class Identity
{
    private sealed record Row(string Directory, string FreshKey);

    /// <summary>Writes the identity into new tables. Where the Ed25519 key is another than before, all freshness counts as over.</summary>
    /// <exception cref="DirectoryException">The tables are another directory's.</exception>
    public static Task EnsureAsync(IDatabase database, DirectoryKeys keys, CancellationToken cancellation) =>
        database.WriteAsync(async (connection, transaction) =>
        {
            var row = await connection.QuerySingleOrDefaultAsync<Row?>("SELECT directory AS Directory, fresh_key AS FreshKey FROM identity", null, transaction).ConfigureAwait(false);
            var present = new Row(keys.Directory.Hex, Digest.Of(keys.Fresh.PublicKey.Export()).Hex);
            if (row is null) await connection.ExecuteAsync("INSERT INTO identity (directory, fresh_key) VALUES (@Directory, @FreshKey)", present, transaction).ConfigureAwait(false);
            else if (row.Directory != present.Directory) throw Foreign(database);
            else if (row.FreshKey != present.FreshKey) await ChangeFreshKeyAsync(present, connection, transaction).ConfigureAwait(false);
            return true;
        }, cancellation);

    private static async Task ChangeFreshKeyAsync(Row present, DbConnection connection, DbTransaction transaction)
    {
        await connection.ExecuteAsync("UPDATE freshness SET expires_at = 0", null, transaction).ConfigureAwait(false);
        await connection.ExecuteAsync("UPDATE identity SET fresh_key = @FreshKey", present, transaction).ConfigureAwait(false);
    }

    private static DirectoryException Foreign(IDatabase database) => new(
        $"The database ({database.Description}) belongs to a directory with another key. Put back {DirectoryKey.FileName} and, if the key was ever changed, "
        + $"{RotationFile.Name} of that directory, or use another database.");
}
