namespace NesActors.Directory.Mail;

/// <summary>The kinds of mails: what the column <c>kind</c> holds, and the names of the templates.</summary>
internal static class MailKind
{
    public const string Registration = "registration";
    public const string Recovery = "recovery";

    /// <summary>How long a mail is tried. The first link of each kind works for 24 hours: after that it would only confuse.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public static string Of(OwnerMail mail) => mail switch
    {
        OwnerMail.Registration => Registration,
        OwnerMail.Recovery => Recovery,
        _ => throw new ArgumentOutOfRangeException(nameof(mail), mail.GetType().Name, "There is no such mail."),
    };
}
