using System.Data.Common;
using Dapper;
using NesActors.Contracts;
using NesActors.Directory.LookUp;
using NesActors.Directory.Mail;
using NesActors.Records;

namespace NesActors.Directory.Storage;

/// <summary>The users of a directory. Each change names the state it expects, so that of two racing ones one wins.</summary>
internal sealed class UserStore(IDatabase database, IOutbox outbox, ILookUpCache lookUps)
{
    /// <summary>The row of a name in any state.</summary>
    public Task<StoredUser?> FindAsync(Username name, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<StoredUser?>(
            """
            SELECT id AS Id, status AS Status, message_key AS MessageKey, sign_key AS SignKey, registered_at AS RegisteredAt,
                   activation_hash AS ActivationHash, deletion_hash AS DeletionHash, rev AS Rev, record_hash AS RecordHash, has_proof AS Proof
            FROM users WHERE name = @name
            """,
            new { name = name.Value }),
        cancellation);

    /// <summary>Stores a registration, and the mail that belongs to it.</summary>
    /// <returns><see cref="StoreOutcome.Stale"/> where the name is taken, also by somebody deleted.</returns>
    public Task<StoreOutcome> AddAsync(NewUser user, OwnerMail? mail, CancellationToken cancellation) => user.Record is null
        // Nobody is told of who is not active: what look-ups know stays as it is, and does not grow with every attempt.
        ? database.WriteAloneAsync((connection, transaction) => AddAsync(user, mail, connection, transaction), cancellation)
        : ChangeAsync(user.Registration.Username, (connection, transaction) => AddAsync(user, mail, connection, transaction), cancellation);

    /// <summary>Puts a record behind the others of its name; one that says "deleted" also erases everything that is about a person.</summary>
    /// <returns><see cref="StoreOutcome.Stale"/> where it does not follow the newest one.</returns>
    public Task<StoreOutcome> AppendAsync(long id, NewRecord record, CancellationToken cancellation) => ChangeAsync(record.Signed.Record.User, async (connection, transaction) =>
    {
        var next = record.Signed.Record;
        if (record.Signed.Keys is { } keys && await KeyTable.AreTakenAsync(next.User, keys, record.HasProof, connection, transaction).ConfigureAwait(false))
            return StoreOutcome.KeyTaken;
        if (!await RecordTable.AppendAsync(id, record, connection, transaction).ConfigureAwait(false)) return StoreOutcome.Stale;
        if (next.Status == RecordStatus.Deleted) await EraseAsync(id, next, connection, transaction).ConfigureAwait(false);
        return StoreOutcome.Done;
    }, cancellation);

    /// <summary>Whether one of the keys stands under another active name that does not have the same sign key.</summary>
    public Task<bool> AreKeysTakenAsync(Username name, KeyDigests keys, bool hasProof, CancellationToken cancellation) => database.ReadAsync(
        connection => KeyTable.AreTakenAsync(name, keys, hasProof, connection, null), cancellation);

    /// <summary>Frees the names of those who registered before a time, or at it, and never followed their link.</summary>
    /// <returns>How many.</returns>
    public Task<int> RemovePendingAsync(DateTimeOffset registeredUntil, CancellationToken cancellation) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "DELETE FROM users WHERE status = 'pending' AND registered_at <= @until",
            new { until = registeredUntil.ToUnixTimeMilliseconds() },
            transaction),
        cancellation);

    private async Task<StoreOutcome> AddAsync(NewUser user, OwnerMail? mail, DbConnection connection, DbTransaction transaction)
    {
        var (name, keys) = (user.Registration.Username, user.Registration.Keys);
        if (await KeyTable.AreTakenAsync(name, keys.Digests, user.Registration.HasProof, connection, transaction).ConfigureAwait(false)) return StoreOutcome.KeyTaken;
        var id = await connection.QuerySingleOrDefaultAsync<long?>(
            """
            INSERT INTO users (name, status, email, message_key, sign_key, message_hash, sign_hash, registered_at, activation_hash, deletion_hash, has_proof)
            VALUES (@name, 'pending', @email, @messageKey, @signKey, @messageHash, @signHash, @registeredAt, @activationHash, @deletionHash, @proof)
            ON CONFLICT (name) DO NOTHING
            RETURNING id
            """,
            new
            {
                name = name.Value,
                email = user.Registration.Email,
                messageKey = keys.Message,
                signKey = keys.Sign,
                messageHash = keys.Digests.Message.Hex,
                signHash = keys.Digests.Sign.Hex,
                registeredAt = user.RegisteredAt.ToUnixTimeMilliseconds(),
                activationHash = user.ActivationHash,
                deletionHash = user.DeletionHash,
                proof = user.Registration.HasProof ? 1L : 0L,
            },
            transaction).ConfigureAwait(false);
        if (id is not { } added) return StoreOutcome.Stale;
        if (user.Record is { } record) await RecordTable.AppendAsync(added, new NewRecord(record, RecordOrigin.Registration), connection, transaction).ConfigureAwait(false);
        if (mail is not null) await outbox.PostAsync(mail, connection, transaction).ConfigureAwait(false);
        return StoreOutcome.Done;
    }

    private async Task<StoreOutcome> ChangeAsync(
        Username name, Func<DbConnection, DbTransaction, Task<StoreOutcome>> statements, CancellationToken cancellation)
    {
        try
        {
            return await database.WriteAloneAsync(statements, cancellation).ConfigureAwait(false);
        }
        finally
        {
            // Also after a failure: whether the transaction was done may then be unknown.
            lookUps.Changed(name);
        }
    }

    private async Task EraseAsync(long id, DirectoryRecord last, DbConnection connection, DbTransaction transaction)
    {
        await connection.ExecuteAsync(
            "UPDATE users SET email = NULL, deletion_hash = NULL, deleted_at = @at WHERE id = @id",
            new { id, at = last.Since.ToUnixTimeMilliseconds() },
            transaction).ConfigureAwait(false);
        await connection.ExecuteAsync("DELETE FROM recoveries WHERE user_id = @id", new { id }, transaction).ConfigureAwait(false);
        await outbox.ForgetAsync(last.User, connection, transaction).ConfigureAwait(false);
    }
}
