using System.Data.Common;
using Dapper;
using NesActors.Contracts;
using NesActors.Directory.LookUp;
using NesActors.Directory.Mail;
using NesActors.Directory.Storage;

namespace NesActors.Directory.Recovery;

/// <summary>The recoveries that wait. The hash of its confirming token tells one from a later one of the same name.</summary>
internal sealed class RecoveryStore(IDatabase database, IOutbox outbox, ILookUpCache lookUps)
{
    private const string Columns =
        """
        user_id AS UserId, state AS State, message_key AS MessageKey, sign_key AS SignKey, message_hash AS MessageHash, sign_hash AS SignHash,
        requested_at AS RequestedAt, confirmed_at AS ConfirmedAt, confirm_hash AS ConfirmHash, cancel_hash AS CancelHash
        """;

    /// <summary>
    /// Stores a recovery in the place of one that nobody confirmed, and the mail that belongs to it. Where there is no such user, or a
    /// confirmed one waits, it stores nothing but its number; both take about the same time.
    /// </summary>
    /// <param name="name">Whose keys are to be replaced.</param>
    /// <param name="recovery">By what.</param>
    /// <param name="mail">Makes the mail to an address.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<bool> RequestAsync(Username name, NewRecovery recovery, Func<string, OwnerMail> mail, CancellationToken cancellation) => database.WriteAsync(
        async (connection, transaction) =>
        {
            await connection.ExecuteAsync("UPDATE recovery_requests SET number = number + 1", transaction: transaction).ConfigureAwait(false);
            var id = await connection.QuerySingleOrDefaultAsync<long?>(
                """
                INSERT INTO recoveries (user_id, state, message_key, sign_key, message_hash, sign_hash, requested_at, confirm_hash, cancel_hash)
                SELECT id, 'requested', @messageKey, @signKey, @messageHash, @signHash, @requestedAt, @confirmHash, @cancelHash
                FROM users WHERE name = @name AND status IN ('active', 'revoked') AND email IS NOT NULL
                ON CONFLICT (user_id) DO UPDATE
                SET message_key = excluded.message_key, sign_key = excluded.sign_key, message_hash = excluded.message_hash, sign_hash = excluded.sign_hash,
                    requested_at = excluded.requested_at, confirm_hash = excluded.confirm_hash, cancel_hash = excluded.cancel_hash
                WHERE recoveries.state = 'requested'
                RETURNING user_id
                """,
                new
                {
                    name = name.Value,
                    messageKey = recovery.Keys.Message,
                    signKey = recovery.Keys.Sign,
                    messageHash = recovery.Keys.Digests.Message.Hex,
                    signHash = recovery.Keys.Digests.Sign.Hex,
                    requestedAt = recovery.RequestedAt.ToUnixTimeMilliseconds(),
                    confirmHash = recovery.ConfirmHash,
                    cancelHash = recovery.CancelHash,
                },
                transaction).ConfigureAwait(false);
            var email = await connection.QuerySingleOrDefaultAsync<string?>("SELECT email FROM users WHERE id = @id", new { id }, transaction).ConfigureAwait(false);
            if (email is null) return false;
            await outbox.PostAsync(mail(email), connection, transaction).ConfigureAwait(false);
            return true;
        },
        cancellation);

    /// <summary>The recovery of a user.</summary>
    public Task<StoredRecovery?> FindAsync(long userId, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<StoredRecovery?>($"SELECT {Columns} FROM recoveries WHERE user_id = @userId", new { userId }), cancellation);

    /// <returns>False where it was no longer there, or no longer unconfirmed.</returns>
    public Task<bool> ConfirmAsync(StoredRecovery recovery, DateTimeOffset now, CancellationToken cancellation) => ChangeAsync(
        """
        UPDATE recoveries SET state = 'confirmed', confirmed_at = @at
        WHERE user_id = @UserId AND confirm_hash = @ConfirmHash AND state = 'requested'
        """,
        new { recovery.UserId, recovery.ConfirmHash, at = now.ToUnixTimeMilliseconds() },
        cancellation);

    /// <returns>False where it was no longer there, or the user's record has changed since it was read.</returns>
    public Task<bool> CancelAsync(StoredRecovery recovery, StoredUser user, CancellationToken cancellation) => ChangeAsync(
        """
        DELETE FROM recoveries
        WHERE user_id = @UserId AND confirm_hash = @ConfirmHash AND EXISTS (SELECT 1 FROM users WHERE id = @UserId AND record_hash = @RecordHash)
        """,
        new { recovery.UserId, recovery.ConfirmHash, user.RecordHash },
        cancellation);

    /// <summary>The names whose keys are to be replaced: their recoveries were confirmed before a time, or at it.</summary>
    public Task<List<string>> FindDueAsync(DateTimeOffset confirmedUntil, CancellationToken cancellation) => database.ReadAsync(
        async connection => (await connection.QueryAsync<string>(
            """
            SELECT u.name FROM recoveries r JOIN users u ON u.id = r.user_id
            WHERE r.state = 'confirmed' AND r.confirmed_at <= @until
            ORDER BY r.confirmed_at
            """,
            new { until = confirmedUntil.ToUnixTimeMilliseconds() }).ConfigureAwait(false)).AsList(),
        cancellation);

    /// <summary>Puts the new keys in the place of the old ones.</summary>
    /// <returns>
    /// <see cref="StoreOutcome.Stale"/> where the recovery was stopped, or the user's record has changed, since they were read. Where the keys were
    /// taken meanwhile, the recovery is forgotten.
    /// </returns>
    public async Task<StoreOutcome> CompleteAsync(StoredRecovery recovery, StoredUser user, NewRecord record, CancellationToken cancellation)
    {
        try
        {
            return await database.WriteAloneAsync(
                (connection, transaction) => CompleteAsync(recovery, user, record, connection, transaction), cancellation).ConfigureAwait(false);
        }
        finally
        {
            lookUps.Changed(record.Signed.Record.User);
        }
    }

    /// <summary>Forgets those that nobody confirmed in time.</summary>
    public Task<int> RemoveLapsedAsync(DateTimeOffset now, CancellationToken cancellation) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "DELETE FROM recoveries WHERE state = 'requested' AND requested_at <= @until",
            new { until = (now - StoredRecovery.ConfirmationTime).ToUnixTimeMilliseconds() },
            transaction),
        cancellation);

    private Task<bool> ChangeAsync(string statement, object parameters, CancellationToken cancellation) => database.WriteAsync(
        async (connection, transaction) => await connection.ExecuteAsync(statement, parameters, transaction).ConfigureAwait(false) == 1, cancellation);

    private static async Task<StoreOutcome> CompleteAsync(
        StoredRecovery recovery, StoredUser user, NewRecord record, DbConnection connection, DbTransaction transaction)
    {
        // Holds the user's row as it is until the end of the transaction: what follows can be stopped only before it has begun.
        var held = await connection.ExecuteAsync(
            "UPDATE users SET rev = rev WHERE id = @Id AND record_hash = @RecordHash", new { user.Id, user.RecordHash }, transaction).ConfigureAwait(false);
        if (held == 0) return StoreOutcome.Stale;
        var removed = await connection.ExecuteAsync(
            "DELETE FROM recoveries WHERE user_id = @UserId AND confirm_hash = @ConfirmHash AND state = 'confirmed'",
            new { recovery.UserId, recovery.ConfirmHash },
            transaction).ConfigureAwait(false);
        if (removed == 0) return StoreOutcome.Stale;
        if (await KeyTable.AreTakenAsync(record.Signed.Record.User, recovery.Keys, hasProof: true, connection, transaction).ConfigureAwait(false))
            return StoreOutcome.KeyTaken;
        await RecordTable.AppendAsync(user.Id, record, connection, transaction).ConfigureAwait(false);
        return StoreOutcome.Done;
    }
}
