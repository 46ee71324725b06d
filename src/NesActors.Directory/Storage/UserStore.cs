using System.Data.Common;
using Dapper;
using NesActors.Contracts;
using NesActors.Directory.LookUp;
using NesActors.Directory.Records;
using NesActors.Records;

namespace NesActors.Directory.Storage;

/// <summary>The users of a directory. Each change names the state it expects, so that of two racing ones one wins.</summary>
internal sealed class UserStore(IDatabase database, ILookUpCache lookUps)
{
    /// <summary>The row of a name in any state.</summary>
    public Task<StoredUser?> FindAsync(Username name, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<StoredUser?>(
            """
            SELECT id AS Id, status AS Status, message_key AS MessageKey, sign_key AS SignKey, registered_at AS RegisteredAt,
                   activation_hash AS ActivationHash, deletion_hash AS DeletionHash, rev AS Rev, record_hash AS RecordHash
            FROM users WHERE name = @name
            """,
            new { name = name.Value }),
        cancellation);

    /// <returns>False where the name is taken, also by somebody deleted.</returns>
    public Task<bool> AddAsync(NewUser user, CancellationToken cancellation) => user.Record is null
        ? database.WriteAsync((connection, transaction) => AddAsync(user, connection, transaction), cancellation)
        : ChangeAsync(user.Name, (connection, transaction) => AddAsync(user, connection, transaction), cancellation);

    /// <returns>False where the user was no longer pending.</returns>
    public Task<bool> ActivateAsync(long id, SignedRecord record, CancellationToken cancellation) =>
        ChangeAsync(record.Record.User, (connection, transaction) => ActivateAsync(id, record, connection, transaction), cancellation);

    /// <summary>Empties the row of all but the name, and puts the record that says so behind the others.</summary>
    /// <returns>False where the user is no longer active, or has another record by now.</returns>
    public Task<bool> DeleteAsync(long id, SignedRecord record, CancellationToken cancellation) => ChangeAsync(record.Record.User, async (connection, transaction) =>
    {
        var changed = await connection.ExecuteAsync(
            """
            UPDATE users SET status = 'deleted', deleted_at = @at, email = NULL, message_key = NULL, sign_key = NULL,
                   message_hash = NULL, sign_hash = NULL, activation_hash = NULL, deletion_hash = NULL
            WHERE id = @id AND status = 'active' AND record_hash = @before
            """,
            new { id, at = record.Record.Since.ToUnixTimeMilliseconds(), before = record.Record.Prev?.Hex },
            transaction).ConfigureAwait(false);
        if (changed == 0) return false;
        await AppendAsync(id, record, RecordOrigin.Deletion, connection, transaction).ConfigureAwait(false);
        return true;
    }, cancellation);

    /// <summary>Frees the names of those who registered before a time, or at it, and never followed their link.</summary>
    /// <returns>How many.</returns>
    public Task<int> RemovePendingAsync(DateTimeOffset registeredUntil, CancellationToken cancellation) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "DELETE FROM users WHERE status = 'pending' AND registered_at <= @until",
            new { until = registeredUntil.ToUnixTimeMilliseconds() },
            transaction),
        cancellation);

    private async Task<bool> ChangeAsync(Username name, Func<DbConnection, DbTransaction, Task<bool>> statements, CancellationToken cancellation)
    {
        try
        {
            return await database.WriteAsync(statements, cancellation).ConfigureAwait(false);
        }
        finally
        {
            lookUps.Changed(name);
        }
    }

    private static async Task<bool> AddAsync(NewUser user, DbConnection connection, DbTransaction transaction)
    {
        var id = await connection.QuerySingleOrDefaultAsync<long?>(
            """
            INSERT INTO users (name, status, email, message_key, sign_key, message_hash, sign_hash, registered_at, activation_hash, deletion_hash)
            VALUES (@name, 'pending', @email, @messageKey, @signKey, @messageHash, @signHash, @registeredAt, @activationHash, @deletionHash)
            ON CONFLICT (name) DO NOTHING
            RETURNING id
            """,
            new
            {
                name = user.Name.Value,
                email = user.Email,
                messageKey = user.MessageKey,
                signKey = user.SignKey,
                messageHash = user.Keys.Message.Hex,
                signHash = user.Keys.Sign.Hex,
                registeredAt = user.RegisteredAt.ToUnixTimeMilliseconds(),
                activationHash = user.ActivationHash,
                deletionHash = user.DeletionHash,
            },
            transaction).ConfigureAwait(false);
        if (id is not { } added) return false;
        return user.Record is not { } record || await ActivateAsync(added, record, connection, transaction).ConfigureAwait(false);
    }

    private static async Task<bool> ActivateAsync(long id, SignedRecord record, DbConnection connection, DbTransaction transaction)
    {
        var changed = await connection.ExecuteAsync(
            "UPDATE users SET status = 'active', activated_at = @at, activation_hash = NULL WHERE id = @id AND status = 'pending'",
            new { id, at = record.Record.Since.ToUnixTimeMilliseconds() },
            transaction).ConfigureAwait(false);
        if (changed == 0) return false;
        await AppendAsync(id, record, RecordOrigin.Registration, connection, transaction).ConfigureAwait(false);
        return true;
    }

    private static async Task AppendAsync(long id, SignedRecord record, RecordOrigin origin, DbConnection connection, DbTransaction transaction)
    {
        await connection.ExecuteAsync(
            """
            UPDATE users SET rev = @rev, record_hash = @hash, response_hash = @responseHash, signed_part = @signedPart, key_rev = @keyRev
            WHERE id = @id
            """,
            new
            {
                id,
                rev = record.Record.Rev,
                hash = record.Record.Hash().Hex,
                responseHash = Digest.Of(record.Response).Hex,
                signedPart = record.SignedPart,
                keyRev = record.KeyRev,
            },
            transaction).ConfigureAwait(false);
        await connection.ExecuteAsync(
            "INSERT INTO records (user_id, rev, response, origin) VALUES (@id, @rev, @response, @origin)",
            new { id, rev = record.Record.Rev, response = record.Response, origin = RecordHistory.NameOf(origin) },
            transaction).ConfigureAwait(false);
        await connection.ExecuteAsync("DELETE FROM freshness WHERE user_id = @id", new { id }, transaction).ConfigureAwait(false);
    }
}
