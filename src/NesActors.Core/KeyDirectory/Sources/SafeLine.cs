using System.Globalization;
using System.Text;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Text of somebody else, fit for one line of a terminal.</summary>
internal static class SafeLine
{
    /// <summary>
    /// Shortens the text and replaces what could steer a terminal or reorder a line: control and format characters, line and paragraph
    /// separators, lone surrogates.
    /// </summary>
    public static string Of(string text, int maxLength = 200)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= maxLength) return line.ToString().Trim() + "…";
            line.Append(IsPlain(rune) ? rune.ToString() : " ");
        }
        return line.ToString().Trim();
    }

    private static bool IsPlain(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
