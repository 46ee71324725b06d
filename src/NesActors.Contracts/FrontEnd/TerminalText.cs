using System.Globalization;
using System.Text;

namespace NesActors.Contracts.FrontEnd;

/// <summary>
/// Makes any text safe to show in a terminal: nothing in it can move the cursor, change colours, reorder its line, hide, or swallow what
/// stands beside it. What is replaced stays visible: <c>␛</c> for ESC, <c>&lt;U+202E&gt;</c> for a bidirectional override.
/// </summary>
/// <remarks>Sources: ECMA-48 (C0, C1), UAX #9 (bidirectional controls), UTS #51 (joiners and tags inside emoji), UTR #36 (invisible characters).</remarks>
public static class TerminalText
{
    /// <summary>Combining marks that are shown on one character; more of them only serve to paint over other lines.</summary>
    private const int MaxMarks = 8;

    /// <summary>Joiners that are kept in a row of joined characters: the longest emoji in use has 3.</summary>
    private const int MaxJoiners = 8;

    /// <summary>Tags that are kept behind a black flag: the flags of regions have up to 6 and an end.</summary>
    private const int MaxTags = 7;

    private const int BlackFlag = 0x1F3F4;

    private const string Tab = "    ";

    /// <summary>Makes a text safe as one line: line breaks in it are shown as signs.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsPlain(text)) return text;
        var shown = new StringBuilder(text.Length + 16);
        var state = default(Run);
        var index = 0;
        while (index < text.Length)
        {
            var status = Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var used);
            var next = index + used < text.Length && Rune.DecodeFromUtf16(text.AsSpan(index + used), out var following, out _) == System.Buffers.OperationStatus.Done
                ? following
                : (Rune?)null;
            if (status != System.Buffers.OperationStatus.Done) shown.Append(Rune.ReplacementChar.ToString());
            else if (state.Keeps(rune, next)) shown.Append(rune.ToString());
            else shown.Append(Visible(rune));
            index += used;
        }
        return shown.ToString();
    }

    /// <summary>Splits a text at its line breaks (LF, CR LF, CR, NEL, LS, PS) and makes each line safe. Never empty.</summary>
    public static IReadOnlyList<string> Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.ReplaceLineEndings("\n").Split('\n').Select(Escape)];
    }

    private static bool IsPlain(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static string Visible(Rune rune) => rune.Value switch
    {
        '\t' => Tab,
        < 0x20 => ((char)(0x2400 + rune.Value)).ToString(),
        0x7F => "\u2421",
        _ => string.Create(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>"),
    };

    /// <summary>What came before the character in question.</summary>
    private struct Run
    {
        private Rune _previous;
        private int _marks;
        private int _joiners;
        private int _tagsAllowed;

        /// <summary>Whether the character is shown as it is.</summary>
        public bool Keeps(Rune rune, Rune? next)
        {
            var keeps = Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.Surrogate => false,
                UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
                UnicodeCategory.Format => KeepsFormat(rune, next),
                UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => !IsInvisible(rune) && ++_marks <= MaxMarks,
                _ => !IsInvisible(rune),
            };
            if (!IsMark(rune)) _marks = 0;
            if (!IsJoiner(rune) && !IsJoiner(_previous) && !IsMark(rune)) _joiners = 0;
            if (!IsTag(rune)) _tagsAllowed = rune.Value == BlackFlag ? MaxTags : 0;
            _previous = rune;
            return keeps;
        }

        private bool KeepsFormat(Rune rune, Rune? next)
        {
            if (IsJoiner(rune)) return ++_joiners <= MaxJoiners && CanJoin(_previous) && next is { } following && CanJoin(following);
            if (IsTag(rune)) return _tagsAllowed-- > 0;
            return IsVisibleFormat(rune);
        }
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;

    private static bool IsTag(Rune rune) => rune.Value is >= 0xE0020 and <= 0xE007F;

    /// <summary>Joiners have a meaning in scripts from Arabic on and between emoji, and none between Latin, Greek, Cyrillic and Hebrew letters.</summary>
    private static bool CanJoin(Rune rune) => rune.Value >= 0x600 && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.SpaceSeparator);

    /// <summary>Signs before numbers (Arabic, Syriac, Kaithi) are of category Format and are seen.</summary>
    private static bool IsVisibleFormat(Rune rune) =>
        rune.Value is (>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2 or 0x110BD or 0x110CD;

    /// <summary>Letters and marks that show nothing: Hangul fillers, the grapheme joiner, Khmer inherent vowels, the Mongolian selectors.</summary>
    private static bool IsInvisible(Rune rune) =>
        rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x34F or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F);
}
