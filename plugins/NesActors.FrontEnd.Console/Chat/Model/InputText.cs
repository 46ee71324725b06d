using System.Globalization;
using System.Text;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>A text being typed, of one line or several, and the place of the cursor between two characters as a person counts them.</summary>
/// <param name="Text">The text; line breaks are LF.</param>
/// <param name="Cursor">The place, counted in UTF-16 units.</param>
internal sealed record InputText(string Text, int Cursor)
{
    /// <summary>Nothing.</summary>
    public static InputText Empty { get; } = new("", 0);

    /// <summary>A text with the cursor at its end.</summary>
    public static InputText Of(string text) => new(text, text.Length);

    /// <summary>The size in UTF-8, by which texts are limited.</summary>
    public int Bytes => Encoding.UTF8.GetByteCount(Text);

    /// <summary>Whether the cursor is in the first line.</summary>
    public bool IsInFirstLine => LineStart == 0;

    /// <summary>Whether the cursor is in the last line.</summary>
    public bool IsInLastLine => LineEnd == Text.Length;

    private int LineStart => Cursor == 0 ? 0 : Text.LastIndexOf('\n', Cursor - 1) + 1;

    private int LineEnd => Text.IndexOf('\n', Cursor) is var end and >= 0 ? end : Text.Length;

    /// <summary>Puts a text in. Control characters but line breaks and tabs stay out: no keyboard types them.</summary>
    public InputText Insert(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        var clean = string.Concat(lines.Where(character => character is '\n' or '\t' || !char.IsControl(character)));
        var whole = Text.Insert(Cursor, clean);
        // A character may join the one before it: the cursor stays behind both.
        return At(whole, Cursor + clean.Length);
    }

    /// <summary>Removes the character before the cursor.</summary>
    public InputText Backspace() => Remove(Previous(Cursor), Cursor);

    /// <summary>Removes the character at the cursor.</summary>
    public InputText Delete() => Remove(Cursor, Next(Cursor));

    /// <summary>Removes the word before the cursor.</summary>
    public InputText DeleteWord() => Remove(WordStart(), Cursor);

    /// <summary>Removes the line up to the cursor.</summary>
    public InputText DeleteToStart() => Remove(LineStart, Cursor);

    /// <summary>Removes the line from the cursor.</summary>
    public InputText DeleteToEnd() => Remove(Cursor, LineEnd);

    /// <summary>Moves one character back.</summary>
    public InputText Left() => this with { Cursor = Previous(Cursor) };

    /// <summary>Moves one character on.</summary>
    public InputText Right() => this with { Cursor = Next(Cursor) };

    /// <summary>Moves to the start of the word.</summary>
    public InputText WordLeft() => this with { Cursor = WordStart() };

    /// <summary>Moves behind the end of the word.</summary>
    public InputText WordRight()
    {
        var place = Cursor;
        while (place < Text.Length && char.IsWhiteSpace(Text[place])) place = Next(place);
        while (place < Text.Length && !char.IsWhiteSpace(Text[place])) place = Next(place);
        return this with { Cursor = place };
    }

    /// <summary>Moves to the start of the line.</summary>
    public InputText Home() => this with { Cursor = LineStart };

    /// <summary>Moves to the end of the line.</summary>
    public InputText End() => this with { Cursor = LineEnd };

    /// <summary>Moves to the line above, where there is one.</summary>
    public InputText Up() => IsInFirstLine ? this : AtColumn((this with { Cursor = LineStart - 1 }).LineStart);

    /// <summary>Moves to the line below, where there is one.</summary>
    public InputText Down() => IsInLastLine ? this : AtColumn(LineEnd + 1);

    private InputText AtColumn(int lineStart)
    {
        var target = this with { Cursor = lineStart };
        var end = target.LineEnd;
        for (var place = LineStart; place < Cursor && target.Cursor < end; place = Next(place)) target = target.Right();
        return target;
    }

    private int WordStart()
    {
        var place = Cursor;
        while (place > 0 && char.IsWhiteSpace(Text[place - 1])) place = Previous(place);
        while (place > 0 && !char.IsWhiteSpace(Text[place - 1])) place = Previous(place);
        return place;
    }

    private InputText Remove(int from, int to) => At(Text.Remove(from, to - from), from);

    /// <summary>The cursor never stands inside a character.</summary>
    private static InputText At(string text, int cursor)
    {
        var input = new InputText(text, cursor);
        var previous = input.Previous(cursor);
        return cursor == 0 || input.Next(previous) == cursor ? input : input with { Cursor = input.Next(previous) };
    }

    private int Next(int place) => place >= Text.Length ? Text.Length : place + StringInfo.GetNextTextElementLength(Text.AsSpan(place));

    private int Previous(int place)
    {
        if (place == 0) return 0;
        // Characters are told apart from left to right only; a line is a safe place to begin.
        var start = place == 1 ? 0 : Text.LastIndexOf('\n', place - 2) + 1;
        for (var next = Next(start); next < place; next = Next(next)) start = next;
        return start;
    }
}
