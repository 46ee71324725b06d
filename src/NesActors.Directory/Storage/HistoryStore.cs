using Dapper;
using NesActors.Contracts;
using NesActors.Records;

namespace NesActors.Directory.Storage;

/// <summary>The records that names have had.</summary>
internal sealed class HistoryStore(IDatabase database)
{
    /// <summary>A page of the records behind a revision.</summary>
    /// <returns>Null where the name never was active.</returns>
    public async Task<RecordHistory?> FindAsync(Digest directory, Username name, long after, CancellationToken cancellation)
    {
        // One query, so that a change in between cannot make the page and the newest revision contradict each other.
        var rows = await database.ReadAsync(
            async connection => (await connection.QueryAsync<Row>(
                """
                SELECT u.rev AS Last, r.response AS Response, r.origin AS Origin, r.signature_old AS SignatureOld, r.signature_new AS SignatureNew
                FROM users u LEFT JOIN records r ON r.user_id = u.id AND r.rev > @after
                WHERE u.name = @name AND u.rev IS NOT NULL
                ORDER BY r.rev
                LIMIT @limit
                """,
                new { name = name.Value, after, limit = (long)RecordHistory.PageSize }).ConfigureAwait(false)).AsList(),
            cancellation).ConfigureAwait(false);
        return rows.Count == 0 ? null : new RecordHistory(directory, name, rows[0].Last, [.. rows.Where(row => row.Response is not null).Select(row => row.ToEntry())]);
    }

    private sealed record Row(long Last, byte[]? Response, string? Origin, byte[]? SignatureOld, byte[]? SignatureNew)
    {
        public HistoryEntry ToEntry() => new(Response, RecordHistory.ParseOrigin(Origin), SignatureOld, SignatureNew);
    }
}
