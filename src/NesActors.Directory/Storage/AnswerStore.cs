using System.Data.Common;
using Dapper;
using NesActors.Contracts;
using NesActors.Directory.LookUp;
using NesActors.Records;

namespace NesActors.Directory.Storage;

/// <summary>A record as it is needed to sign it, or its freshness, anew.</summary>
internal sealed record StoredRecord(long UserId, string Name, string Status, long KeyRev, string ResponseHash, byte[] Packed)
{
    /// <summary>The answer without its freshness.</summary>
    /// <exception cref="FormatException">The tables are damaged.</exception>
    public byte[] SignedPart() => PackedAnswer.Unpack(Packed);

    /// <summary>The bytes that are served: those of the newest record, and what the user published since.</summary>
    /// <exception cref="FormatException">The tables are damaged.</exception>
    public byte[] Response() => RecordAnswer.ResponseIn(SignedPart());
}

/// <summary>A record whose freshness is soon over.</summary>
internal sealed record DueFreshness(long UserId, string ResponseHash);

/// <summary>What was signed anew for a response. Where another is served meanwhile, it is dropped.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="ResponseHash">The response that was signed.</param>
/// <param name="SignedPart">Null where it is as it was.</param>
/// <param name="Fresh">Null where it is as it was.</param>
internal sealed record Renewed(long UserId, string ResponseHash, byte[]? SignedPart, Freshness? Fresh);

/// <summary>The signatures of the records: which are to be renewed, and the new ones.</summary>
internal sealed class AnswerStore(IDatabase database)
{
    private const string Record =
        """
        SELECT u.id AS UserId, u.name AS Name, u.status AS Status, a.key_rev AS KeyRev, u.response_hash AS ResponseHash, a.packed AS Packed
        FROM users u JOIN answers a ON a.user_id = u.id
        """;

    /// <returns>Null where the name has no record.</returns>
    public Task<StoredRecord?> FindAsync(Username name, CancellationToken cancellation = default) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<StoredRecord?>(Record + " WHERE u.name = @name", new { name = name.Value }), cancellation);

    /// <summary>Some of the records that another than the present RSA key signed.</summary>
    public Task<IReadOnlyList<StoredRecord>> SignedBeforeAsync(int keyRev, int count, CancellationToken cancellation) => ListAsync<StoredRecord>(
        Record + " WHERE a.key_rev < @keyRev ORDER BY a.key_rev, a.user_id LIMIT @count", new { keyRev, count }, cancellation);

    /// <summary>Some of the records whose freshness ends before a time, what ends first at the beginning.</summary>
    public Task<IReadOnlyList<DueFreshness>> DueAsync(DateTimeOffset before, int count, CancellationToken cancellation) => ListAsync<DueFreshness>(
        """
        SELECT u.id AS UserId, u.response_hash AS ResponseHash
        FROM freshness f JOIN users u ON u.id = f.user_id
        WHERE f.expires_at < @before ORDER BY f.expires_at LIMIT @count
        """,
        new { before = before.ToUnixTimeMilliseconds(), count },
        cancellation);

    /// <summary>Adds the names that have a record, and with them those that may have one soon: all of them stand in one index.</summary>
    public Task ReadNamesAsync(KnownNames names, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await foreach (var (id, name) in connection.QueryUnbufferedAsync<(long, string)>("SELECT id, name FROM users").ConfigureAwait(false))
                names.Add(NameHash.Of(name), id);
            return names;
        },
        cancellation);

    /// <summary>Stores signatures, each only where the response is still the one that was signed; no change of it may come in between.</summary>
    public Task StoreAsync(IReadOnlyList<Renewed> batch, int keyRev, CancellationToken cancellation) => database.WriteAloneAsync(async (connection, transaction) =>
    {
        foreach (var renewed in batch)
        {
            if (renewed.SignedPart is not null) await StoreSignedPartAsync(renewed, keyRev, connection, transaction).ConfigureAwait(false);
            if (renewed.Fresh is not null) await StoreFreshAsync(renewed, connection, transaction).ConfigureAwait(false);
        }
        return batch.Count;
    }, cancellation);

    private static Task<int> StoreSignedPartAsync(Renewed renewed, int keyRev, DbConnection connection, DbTransaction transaction) => connection.ExecuteAsync(
        "UPDATE answers SET packed = @packed, key_rev = @keyRev WHERE user_id = @id AND EXISTS (SELECT 1 FROM users WHERE id = @id AND response_hash = @hash)",
        new { id = renewed.UserId, hash = renewed.ResponseHash, packed = PackedAnswer.Pack(renewed.SignedPart), keyRev },
        transaction);

    private static Task<int> StoreFreshAsync(Renewed renewed, DbConnection connection, DbTransaction transaction) => connection.ExecuteAsync(
        """
        INSERT INTO freshness (user_id, expires_at, fresh) SELECT id, @expires, @fresh FROM users WHERE id = @id AND response_hash = @hash
        ON CONFLICT (user_id) DO UPDATE SET expires_at = excluded.expires_at, fresh = excluded.fresh
        """,
        new { id = renewed.UserId, hash = renewed.ResponseHash, expires = renewed.Fresh!.Expires.ToUnixTimeMilliseconds(), fresh = renewed.Fresh.ToJson() },
        transaction);

    private Task<IReadOnlyList<T>> ListAsync<T>(string query, object arguments, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<T>>(
        async connection => [.. await connection.QueryAsync<T>(query, arguments).ConfigureAwait(false)], cancellation);
}
