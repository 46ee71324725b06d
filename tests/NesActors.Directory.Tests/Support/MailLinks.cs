using System.Text;
using System.Text.RegularExpressions;
using NesActors.Testing;

namespace NesActors.Directory.Tests.Support;

internal static partial class MailLinks
{
    /// <summary>The links of a mail's plain text, in their order.</summary>
    public static IReadOnlyList<Uri> Links(this ReceivedMail mail)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(mail.Raw));
        return [.. Link().Matches(MimeKit.MimeMessage.Load(stream).TextBody ?? "").Select(link => new Uri(link.Value))];
    }

    [GeneratedRegex(@"https?://[^\s]+/users/[^\s]+")]
    private static partial Regex Link();
}
