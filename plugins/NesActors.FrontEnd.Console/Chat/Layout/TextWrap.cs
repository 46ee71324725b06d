using Terminal.Gui.Drawing;
using Terminal.Gui.Text;

namespace NesActors.FrontEnd.Console.Chat.Layout;

/// <summary>Breaks a safe line into rows by the columns that its characters take: two for most of East Asia and for emoji.</summary>
internal static class TextWrap
{
    /// <summary>Breaks behind blanks, beside wide characters, and where nothing else helps inside a word.</summary>
    /// <param name="line">A text without line breaks.</param>
    /// <param name="first">Columns of the first row.</param>
    /// <param name="rest">Columns of the others.</param>
    public static IReadOnlyList<string> Wrap(string line, int first, int rest)
    {
        var characters = GraphemeHelper.GetGraphemes(line).Select(text => new Character(text)).ToArray();
        List<string> rows = [];
        var start = 0;
        do
        {
            var end = Fill(characters, start, Math.Max(rows.Count == 0 ? first : rest, 2));
            if (end < characters.Length) end = BreakBefore(characters, start, end);
            rows.Add(string.Concat(characters[start..end].Select(character => character.Text)));
            // Blanks at a break show nothing in either row.
            while (end > start && end < characters.Length && characters[end].IsBlank) end++;
            start = end;
        }
        while (start < characters.Length);
        return rows;
    }

    /// <summary>The start of a text that fits, and the columns that it takes.</summary>
    public static (string Text, int Columns) Cut(string text, int width)
    {
        var (length, columns) = (0, 0);
        foreach (var character in GraphemeHelper.GetGraphemes(text).Select(text => new Character(text)))
        {
            if (columns + character.Columns > width) break;
            columns += character.Columns;
            length += character.Text.Length;
        }
        return (text[..length], columns);
    }

    private static int Fill(Character[] characters, int start, int limit)
    {
        var end = start;
        for (var columns = 0; end < characters.Length; end++)
        {
            columns += characters[end].Columns;
            if (columns > limit) break;
        }
        return Math.Max(end, Math.Min(start + 1, characters.Length));
    }

    private static int BreakBefore(Character[] characters, int start, int end)
    {
        for (var place = end; place > start; place--)
        {
            if (characters[place].IsBlank || characters[place].IsWide || characters[place - 1].IsBlank || characters[place - 1].IsWide) return place;
        }
        return end;
    }

    private readonly struct Character(string text)
    {
        public string Text { get; } = text;

        public int Columns { get; } = Math.Max(text.GetColumns(), 0);

        public bool IsBlank => Text == " ";

        public bool IsWide => Columns > 1;
    }
}
