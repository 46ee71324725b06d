using System.Data.Common;
using Dapper;
using NesActors.Records;

namespace NesActors.Directory.Storage;

/// <summary>The one place where a name gets a new record.</summary>
internal static class RecordTable
{
    /// <returns>False where the record does not follow the newest one of the name.</returns>
    public static async Task<bool> AppendAsync(long id, NewRecord record, DbConnection connection, DbTransaction transaction)
    {
        var (signed, next, keys) = (record.Signed, record.Signed.Record, record.Signed.Keys);
        var changed = await connection.ExecuteAsync(
            """
            UPDATE users SET status = @status, message_key = @messageKey, sign_key = @signKey, message_hash = @messageHash, sign_hash = @signHash,
                   activated_at = COALESCE(activated_at, @since), activation_hash = NULL,
                   rev = @rev, record_hash = @hash, response_hash = @responseHash
            WHERE id = @id AND COALESCE(record_hash, '') = @prev
            """,
            new
            {
                id,
                status = UserStatus.Of(next.Status),
                messageKey = next.MessageKey,
                signKey = next.SignKey,
                messageHash = keys?.Message.Hex,
                signHash = keys?.Sign.Hex,
                since = next.Since.ToUnixTimeMilliseconds(),
                rev = next.Rev,
                hash = next.Hash(keys).Hex,
                responseHash = Digest.Of(signed.Response).Hex,
                prev = next.Prev?.Hex ?? "",
            },
            transaction).ConfigureAwait(false);
        if (changed == 0) return false;
        await connection.ExecuteAsync(
            "INSERT INTO records (user_id, rev, response, origin, signature_old, signature_new) VALUES (@id, @rev, @response, @origin, @old, @new)",
            new
            {
                id,
                rev = next.Rev,
                response = signed.Response,
                origin = RecordHistory.NameOf(record.Origin),
                old = record.SignatureOld,
                @new = record.SignatureNew,
            },
            transaction).ConfigureAwait(false);
        await connection.ExecuteAsync(
            """
            INSERT INTO answers (user_id, is_active, key_rev, packed) VALUES (@id, @isActive, @keyRev, @packed)
            ON CONFLICT (user_id) DO UPDATE SET is_active = excluded.is_active, key_rev = excluded.key_rev, packed = excluded.packed
            """,
            new { id, isActive = next.Status == RecordStatus.Active ? 1L : 0L, keyRev = (long)signed.KeyRev, packed = PackedAnswer.Pack(signed.SignedPart) },
            transaction).ConfigureAwait(false);
        await connection.ExecuteAsync("DELETE FROM freshness WHERE user_id = @id", new { id }, transaction).ConfigureAwait(false);
        return true;
    }
}
