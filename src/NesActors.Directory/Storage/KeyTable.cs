using System.Data.Common;
using Dapper;
using NesActors.Contracts;
using NesActors.Records;

namespace NesActors.Directory.Storage;

/// <summary>Which keys stand under which names.</summary>
internal static class KeyTable
{
    /// <summary>
    /// Whether one of the keys stands under another active name. It may, where that name has the same sign key and its owner asks: somebody else's
    /// public keys, copied, would make that one the author of what is signed under the name.
    /// </summary>
    /// <param name="name">The name that the keys are for.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="hasProof">Whether the owner of the sign key asks.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">The transaction, if there is one.</param>
    public static async Task<bool> AreTakenAsync(Username name, KeyDigests keys, bool hasProof, DbConnection connection, DbTransaction? transaction) =>
        await connection.QueryFirstOrDefaultAsync<long?>(
            """
            SELECT id FROM users
            WHERE status = 'active' AND name <> @name
              AND (message_hash = @message OR message_hash = @sign OR sign_hash = @message OR sign_hash = @sign)
              AND (sign_hash <> @sign OR @proof = 0)
            LIMIT 1
            """,
            new { name = name.Value, message = keys.Message.Hex, sign = keys.Sign.Hex, proof = hasProof ? 1L : 0L },
            transaction).ConfigureAwait(false) is not null;
}
