using System.Globalization;
using System.Text;

namespace NesActors.Directory.Registration;

/// <summary>
/// What the original takes for an e-mail address, one <c>@</c> with something on both sides, of up to 254 octets (RFC 5321, 4.5.3.1.3). Refused are
/// blanks, characters that are not seen, and those that part or quote addresses in a header (RFC 5322, 3.2.3): with them one address would read as
/// several, or forge a header.
/// </summary>
internal static class EmailAddress
{
    private const int MaxOctets = 254;
    private const string Specials = "()<>[]:;\\,\"";

    public static bool IsValid(string? text)
    {
        if (text is null || Encoding.UTF8.GetByteCount(text) > MaxOctets) return false;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0
            && at < text.Length - 1
            && text.LastIndexOf('@') == at
            && !text.Any(IsRefused);
    }

    private static bool IsRefused(char c) =>
        Specials.Contains(c, StringComparison.Ordinal)
        || char.IsWhiteSpace(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format;
}
