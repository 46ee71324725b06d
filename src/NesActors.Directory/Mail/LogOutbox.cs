using System.Data.Common;
using Microsoft.Extensions.Logging;
using NesActors.Contracts;

namespace NesActors.Directory.Mail;

/// <summary>
/// Writes the links to the log, for the operator to hand out. They stand there a moment before the transaction is done: where that fails, they are
/// nobody's.
/// </summary>
internal sealed class LogOutbox(ILogger<LogOutbox> logger) : IOutbox
{
    public Task PostAsync(OwnerMail mail, DbConnection connection, DbTransaction transaction)
    {
        switch (mail)
        {
            case OwnerMail.Registration registration:
                logger.LogInformation(
                    "For {User}: to activate within 24 hours: {Activation} To delete later: {Deletion}", mail.User, registration.Activation, registration.Deletion);
                break;
            case OwnerMail.Recovery recovery:
                logger.LogInformation(
                    "For {User}: to confirm the recovery within 24 hours: {Confirmation} To cancel it: {Cancellation}",
                    mail.User, recovery.Confirmation, recovery.Cancellation);
                break;
        }
        return Task.CompletedTask;
    }

    public Task ForgetAsync(Username user, DbConnection connection, DbTransaction transaction) => Task.CompletedTask;
}
