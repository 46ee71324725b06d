using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console.Chat.Model;
using Terminal.Gui.Drawing;
using Terminal.Gui.Text;

namespace NesActors.FrontEnd.Console.Chat.Layout;

/// <summary>What is being typed, as rows, and where the cursor is in them.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="CursorRow">The cursor's row, from 0.</param>
/// <param name="CursorColumn">The cursor's column, from 0.</param>
internal sealed record InputRows(IReadOnlyList<Row> Rows, int CursorRow, int CursorColumn)
{
    private const string Prompt = "> ";

    /// <summary>Lays the text out. Rows end where they are full: while somebody types, words must not jump.</summary>
    public static InputRows Of(InputText input, int width)
    {
        List<(string Text, int Columns)> rows = [("", 0)];
        var limit = Math.Max(width - Prompt.Length - 1, 2);
        var place = 0;
        (int Row, int Column)? cursor = null;
        foreach (var character in GraphemeHelper.GetGraphemes(input.Text))
        {
            if (place >= input.Cursor) cursor ??= (rows.Count - 1, rows[^1].Columns);
            place += character.Length;
            if (character == "\n")
            {
                rows.Add(("", 0));
                continue;
            }
            var shown = TerminalText.Escape(character);
            var columns = Math.Max(shown.GetColumns(), 0);
            if (rows[^1].Columns + columns > limit)
            {
                // A cursor before the character that did not fit goes with it.
                if (cursor is { } at && at.Row == rows.Count - 1 && at.Column == rows[^1].Columns) cursor = (rows.Count, 0);
                rows.Add(("", 0));
            }
            rows[^1] = (rows[^1].Text + shown, rows[^1].Columns + columns);
        }
        var (row, column) = cursor ?? (rows.Count - 1, rows[^1].Columns);
        var shownRows = rows.Select((text, index) => Row.Of(new Span(index == 0 ? Prompt : "  ", Tone.Mine), new Span(text.Text)));
        return new InputRows([.. shownRows], row, column + Prompt.Length);
    }

    /// <summary>As many rows as there is room for, with the cursor among them.</summary>
    public InputRows Around(int height)
    {
        if (Rows.Count <= height) return this;
        var first = Math.Clamp(CursorRow - height + 1, 0, Rows.Count - height);
        return new InputRows([.. Rows.Skip(first).Take(height)], CursorRow - first, CursorColumn);
    }
}
