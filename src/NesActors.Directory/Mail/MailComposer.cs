using MimeKit;
using MimeKit.Text;

namespace NesActors.Directory.Mail;

/// <summary>Makes the message of a mail: text and HTML, from the directory's address, marked as made by a machine (RFC 3834).</summary>
internal sealed class MailComposer(MailTemplates templates, MailboxAddress from, Func<Uri> publicAddress, TimeProvider clock)
{
    /// <summary>Reads the sender's address.</summary>
    /// <exception cref="DirectoryException">It is none.</exception>
    public static MailboxAddress ParseSender(string text) =>
        MailboxAddress.TryParse(text, out var address) && address.Domain.Length > 0
            ? address
            : throw new DirectoryException("The sender of mails is no address like keys@example.org.");

    /// <returns>Null where the recipient's address is none that mail could go to, one with a comma or a bracket for instance.</returns>
    public MimeMessage? TryCompose(WaitingMail waiting)
    {
        if (ParseRecipient(waiting.Mail.Recipient) is not { } recipient) return null;
        var (template, values) = templates.For(waiting.Mail, publicAddress());
        var message = new MimeMessage
        {
            Subject = template.FillSubject(values),
            Date = clock.GetUtcNow(),
            MessageId = $"{waiting.Id}@{from.Domain}",
            Body = new MultipartAlternative
            {
                new TextPart(TextFormat.Plain) { Text = template.FillText(values) },
                new TextPart(TextFormat.Html) { Text = template.FillHtml(values) },
            },
        };
        message.From.Add(from);
        message.To.Add(recipient);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    /// <summary>
    /// The address exactly as it was registered: what a parser of mail addresses reads differently (a name, a comment, a second address)
    /// is not written into a header.
    /// </summary>
    public static MailboxAddress? ParseRecipient(string text) =>
        MailboxAddress.TryParse(text, out var address) && address.Address == text && string.IsNullOrEmpty(address.Name)
        && address.LocalPart.Length > 0 && address.Domain.Length > 0 && text.All(c => c > ' ' && c is not ('<' or '>' or '\x7f'))
            ? address
            : null;
}
