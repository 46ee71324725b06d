using Dapper;
using NesActors.Directory.Records;
using NesActors.Records;

namespace NesActors.Directory.Storage;

/// <summary>A row of a database that is older than records.</summary>
internal sealed record OldUser(long Id, string Name, string Status, string? MessageKey, string? SignKey, long RegisteredAt, long? ActivatedAt, long? DeletedAt)
{
    /// <summary>When it came to be as it is.</summary>
    public DateTimeOffset Since => DateTimeOffset.FromUnixTimeMilliseconds(DeletedAt ?? ActivatedAt ?? RegisteredAt);
}

/// <summary>The names that have no record yet, although they were active.</summary>
internal sealed class FirstRecordStore(IDatabase database)
{
    /// <summary>Some of them, in the order of their ids.</summary>
    /// <param name="after">The id behind which they begin.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<List<OldUser>> FindAsync(long after, CancellationToken cancellation) => database.ReadAsync(
        async connection => (await connection.QueryAsync<OldUser>(
            """
            SELECT id AS Id, name AS Name, status AS Status, message_key AS MessageKey, sign_key AS SignKey,
                   registered_at AS RegisteredAt, activated_at AS ActivatedAt, deleted_at AS DeletedAt
            FROM users WHERE rev IS NULL AND status <> 'pending' AND id > @after
            ORDER BY id LIMIT 100
            """,
            new { after }).ConfigureAwait(false)).AsList(),
        cancellation);

    /// <summary>Stores a first record. Whose the keys are besides is not asked: they stood there before there was a rule about it.</summary>
    public Task<bool> AddAsync(long id, SignedRecord record, RecordOrigin origin, CancellationToken cancellation) => database.WriteAsync(
        (connection, transaction) => RecordTable.AppendAsync(id, new NewRecord(record, origin), connection, transaction), cancellation);
}
