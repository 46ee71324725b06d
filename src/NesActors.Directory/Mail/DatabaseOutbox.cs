using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using NesActors.Contracts;
using NesActors.Directory.Limits;

namespace NesActors.Directory.Mail;

/// <summary>
/// Puts mails into the table <c>mails</c>, sealed, as part of the transaction that they tell of. <see cref="MailWorker"/> sends them.
/// </summary>
/// <param name="limit">How many may go to one address; null: any number.</param>
internal sealed class DatabaseOutbox(MailSeal seal, MailLimit? limit, TimeProvider clock) : IOutbox
{
    /// <exception cref="TooManyMailsException">A registration's mail would be one too many for its address.</exception>
    public async Task PostAsync(OwnerMail mail, DbConnection connection, DbTransaction transaction)
    {
        if (limit is not null && !limit.TryTake(mail.Recipient, out var retryAfter))
        {
            // Whoever asks for a recovery is not told whether there is such a user, nor by this.
            if (mail is OwnerMail.Recovery) return;
            throw new TooManyMailsException(retryAfter);
        }
        var (kind, name, createdAt) = (MailKind.Of(mail), mail.User.Value, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var waiting = new WaitingMail(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), mail);
        await connection.ExecuteAsync(
            "INSERT INTO mails (kind, name, sealed, created_at, next_attempt_at) VALUES (@kind, @name, @sealed, @createdAt, @createdAt)",
            new { kind, name, @sealed = seal.Seal(waiting.ToJson(), kind, name, createdAt), createdAt },
            transaction).ConfigureAwait(false);
    }

    public Task ForgetAsync(Username user, DbConnection connection, DbTransaction transaction) =>
        connection.ExecuteAsync("DELETE FROM mails WHERE name = @name", new { name = user.Value }, transaction);
}

/// <summary>Too many mails went to one address of late. Answered with 429.</summary>
internal sealed class TooManyMailsException(TimeSpan retryAfter) : Exception("Too many mails went to this address.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
