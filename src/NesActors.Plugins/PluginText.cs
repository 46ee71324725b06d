using System.Globalization;
using System.Text;
using NesActors.Contracts;

namespace NesActors.Plugins;

/// <summary>Texts that come from a plugin's folder: what is allowed in a name, and how anything else is shown.</summary>
internal static class PluginText
{
    private const int MaxLength = 64;
    private const int MaxShownLength = 400;

    /// <summary>An id, which is also a folder's and a file's name: never one that begins with a dot.</summary>
    public static bool IsId(string text) => IsShort(text) && text[0] != '.' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>A name that a plugin provides. It has the form of a URL scheme (RFC 3986, section 3.1) in lower case; verbs keep to it too.</summary>
    public static bool IsName(string text) =>
        IsShort(text) && char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '+' or '.' or '-');

    /// <summary>A name for a suite: part of the names of key files and of messages, too. The settings say <c>auto</c> for the best one.</summary>
    public static bool IsSuite(string text) => IsName(text) && Capabilities.IsSuite(text) && text != "auto";

    /// <summary>A version for people; the form of semantic versions fits in it.</summary>
    public static bool IsVersion(string text) =>
        IsShort(text) && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '.' or '-');

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

    private static bool IsShort(string text) => text.Length is > 0 and <= MaxLength;
}
