using System.Collections.Immutable;
using Terminal.Gui.Text;

namespace NesActors.FrontEnd.Console.Chat.Layout;

/// <summary>What a text on the screen is; the palette knows how that looks.</summary>
internal enum Tone
{
    /// <summary>A text.</summary>
    Plain,

    /// <summary>Of less importance: times, separators, notices.</summary>
    Dim,

    /// <summary>My name and marks.</summary>
    Mine,

    /// <summary>The other's name.</summary>
    Theirs,

    /// <summary>Something is wrong.</summary>
    Warning,

    /// <summary>The bars above and below the conversation.</summary>
    Bar,

    /// <summary>In a bar, and wrong.</summary>
    BarWarning,

    /// <summary>The shown conversation in the contact list.</summary>
    Selected,

    /// <summary>Not read.</summary>
    Unread,
}

/// <summary>A piece of a row.</summary>
/// <param name="Text">Safe to show.</param>
/// <param name="Tone">What it is.</param>
internal readonly record struct Span(string Text, Tone Tone = Tone.Plain);

/// <summary>One row of the screen, from its left end.</summary>
internal sealed record Row(ImmutableArray<Span> Spans)
{
    /// <summary>Nothing.</summary>
    public static Row Empty { get; } = new([]);

    /// <summary>A row of pieces.</summary>
    public static Row Of(params ReadOnlySpan<Span> spans) => new([.. spans]);

    /// <summary>How many columns it takes.</summary>
    public int Width => Spans.Sum(span => span.Text.GetColumns());

    /// <summary>The text without its tones.</summary>
    public override string ToString() => string.Concat(Spans.Select(span => span.Text));

    /// <summary>Makes the row exactly so wide: cut off, or filled with blanks.</summary>
    public Row Fit(int width, Tone filler = Tone.Plain)
    {
        var fitted = ImmutableArray.CreateBuilder<Span>();
        var left = width;
        foreach (var span in Spans)
        {
            var (text, columns) = TextWrap.Cut(span.Text, left);
            fitted.Add(span with { Text = text });
            left -= columns;
            if (text.Length < span.Text.Length) break;
        }
        if (left > 0) fitted.Add(new Span(new string(' ', left), filler));
        return new Row(fitted.ToImmutable());
    }
}
