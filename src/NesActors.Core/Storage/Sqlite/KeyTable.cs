using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using NesActors.Core.Protection;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>The table <c>store_key</c>: by which key the rows of a database are sealed.</summary>
internal static class KeyTable
{
    /// <summary>The key of a database; made where nothing was sealed yet.</summary>
    /// <exception cref="StateException">It is missing, or is another one.</exception>
    public static StoreKey Open(string folder, StateDatabase database, KeyWrap? wrap = null)
    {
        var proof = database.Read(Find);
        var key = StoreKey.Read(folder, wrap);
        if (proof is null)
        {
            key ??= StoreKey.Make(folder, wrap);
            proof = database.Write(connection =>
            {
                connection.Execute("INSERT INTO store_key (one, proof) VALUES (1, $proof) ON CONFLICT DO NOTHING", ("$proof", key.Proof));
                return Find(connection);
            });
        }
        var file = StoreKeyFile.PathIn(folder);
        if (key is null) throw new StateException($"The key {file} is missing: without it no message in state.db can be read. Restore it from a backup");
        if (CryptographicOperations.FixedTimeEquals(proof, key.Proof)) return key;
        key.Dispose();
        throw new StateException($"The key {file} is not the one that the messages in state.db are sealed with. Restore both from one backup");
    }

    /// <summary>Whether a database is sealed by this data key, or by none yet.</summary>
    public static bool IsSealedBy(StateDatabase database, ReadOnlySpan<byte> dataKey)
    {
        using var key = new StoreKey(dataKey);
        return database.Read(Find) is not { } proof || CryptographicOperations.FixedTimeEquals(proof, key.Proof);
    }

    private static byte[]? Find(SqliteConnection connection) => connection.Query(row => row.GetFieldValue<byte[]>(0), "SELECT proof FROM store_key").SingleOrDefault();
}
