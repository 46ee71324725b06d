using Dapper;
using NesActors.Directory.Storage;

namespace NesActors.Directory.Mail;

/// <summary>A row of <c>mails</c>.</summary>
internal sealed record MailRow(long Id, string Kind, string Name, byte[] Sealed, long CreatedAt, long Attempts);

/// <summary>How many mails wait, and since when the oldest, in Unix milliseconds; 0 where none waits.</summary>
internal sealed record MailQueue(long Length, long OldestAt);

/// <summary>The table of waiting mails.</summary>
internal sealed class MailStore(IDatabase database)
{
    /// <summary>Those whose time has come, oldest first.</summary>
    public Task<IReadOnlyList<MailRow>> DueAsync(DateTimeOffset now, int most, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<MailRow>>(
        async connection => [.. await connection.QueryAsync<MailRow>(
            """
            SELECT id AS Id, kind AS Kind, name AS Name, sealed AS Sealed, created_at AS CreatedAt, attempts AS Attempts
            FROM mails WHERE next_attempt_at <= @now ORDER BY next_attempt_at, id LIMIT @most
            """,
            new { now = now.ToUnixTimeMilliseconds(), most }).ConfigureAwait(false)],
        cancellation);

    /// <summary>Erases a mail that left, or that never will.</summary>
    public Task RemoveAsync(long id, CancellationToken cancellation) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync("DELETE FROM mails WHERE id = @id", new { id }, transaction), cancellation);

    /// <summary>Notes that a mail could not leave, and when to try again.</summary>
    public Task PutOffAsync(long id, DateTimeOffset until, string error, CancellationToken cancellation) => database.WriteAsync(
        (connection, transaction) => connection.ExecuteAsync(
            "UPDATE mails SET attempts = attempts + 1, next_attempt_at = @until, last_error = @error WHERE id = @id",
            new { id, until = until.ToUnixTimeMilliseconds(), error },
            transaction),
        cancellation);

    public Task<MailQueue> QueueAsync(CancellationToken cancellation) => database.ReadAsync(
        connection => connection.QuerySingleAsync<MailQueue>("SELECT COUNT(*) AS Length, COALESCE(MIN(created_at), 0) AS OldestAt FROM mails"), cancellation);
}
