using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace NesActors.Plugins;

/// <summary>Texts that come from a plugin's folder: what is allowed in a name, and how anything else is shown.</summary>
internal static partial class PluginText
{
    private const int MaxShownLength = 400;

    /// <summary>An id, which is also a folder's and a file's name: never one that begins with a dot.</summary>
    public static bool IsId(string text) => IdPattern().IsMatch(text);

    /// <summary>A name that a plugin provides. It has the form of a URL scheme (RFC 3986, section 3.1) in lower case; suites and verbs keep to it too.</summary>
    public static bool IsName(string text) => NamePattern().IsMatch(text);

    /// <summary>A version for people; the form of semantic versions fits in it.</summary>
    public static bool IsVersion(string text) => VersionPattern().IsMatch(text);

    /// <summary>One line without control characters, format characters or halves of surrogate pairs, and not too long.</summary>
    public static string ForTerminal(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= MaxShownLength) return shown.Append('…').ToString();
            if (Rune.IsControl(rune) || IsInvisible(Rune.GetUnicodeCategory(rune))) shown.Append(rune.Value is '\n' or '\t' ? ' ' : '?');
            else shown.Append(rune);
        }
        return shown.ToString();
    }

    private static bool IsInvisible(UnicodeCategory category) => category is
        UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[a-z][a-z0-9+.-]{0,63}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.+-]{0,63}\z")]
    private static partial Regex VersionPattern();
}
