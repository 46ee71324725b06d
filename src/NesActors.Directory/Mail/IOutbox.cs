using System.Data.Common;
using NesActors.Contracts;

namespace NesActors.Directory.Mail;

/// <summary>Takes what is to be sent to owners.</summary>
internal interface IOutbox
{
    /// <summary>Takes a mail as part of a transaction: it leaves when that is done, and never when it is not.</summary>
    Task PostAsync(OwnerMail mail, DbConnection connection, DbTransaction transaction);

    /// <summary>Drops, as part of a transaction, what has not left yet of the mails about a name.</summary>
    Task ForgetAsync(Username user, DbConnection connection, DbTransaction transaction);
}
