using Dapper;
using NesActors.Directory.LookUp;
using NesActors.Directory.Records;
using NesActors.Records;

namespace NesActors.Directory.Storage;

/// <summary>
/// Replaces what a look-up is answered with while the record stays: what a user publishes for suites stands nowhere but in the signed answer, and goes with it when another record takes its place.
/// </summary>
internal sealed class StatementStore(IDatabase database, ILookUpCache lookUps)
{
    /// <param name="present">The answer that the new one is made from.</param>
    /// <param name="next">The same record, with other statements.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns><see cref="StoreOutcome.Stale"/> where another answer took its place meanwhile.</returns>
    public async Task<StoreOutcome> ReplaceAsync(StoredRecord present, SignedRecord next, CancellationToken cancellation)
    {
        try
        {
            return await database.WriteAloneAsync(async (connection, transaction) =>
            {
                var changed = await connection.ExecuteAsync(
                    "UPDATE users SET response_hash = @next WHERE id = @id AND response_hash = @present",
                    new { id = present.UserId, present = present.ResponseHash, next = Digest.Of(next.Response).Hex },
                    transaction).ConfigureAwait(false);
                if (changed == 0) return StoreOutcome.Stale;
                await connection.ExecuteAsync(
                    "UPDATE answers SET packed = @packed, key_rev = @keyRev WHERE user_id = @id",
                    new { id = present.UserId, packed = PackedAnswer.Pack(next.SignedPart), keyRev = (long)next.KeyRev },
                    transaction).ConfigureAwait(false);
                await connection.ExecuteAsync("DELETE FROM freshness WHERE user_id = @id", new { id = present.UserId }, transaction).ConfigureAwait(false);
                return StoreOutcome.Done;
            }, cancellation).ConfigureAwait(false);
        }
        finally
        {
            // Also after a failure: whether the transaction was done may then be unknown.
            lookUps.Changed(next.Record.User);
        }
    }
}
