using NesActors.FrontEnd.Console.Chat.Layout;
using Terminal.Gui.Drawing;
using Attribute = Terminal.Gui.Drawing.Attribute;

namespace NesActors.FrontEnd.Console.Chat.Screen;

/// <summary>How each kind of text looks. The terminal's own colours for text and background, so that it fits light and dark ones.</summary>
internal sealed class Palette(bool hasColours)
{
    /// <summary>The palette of this terminal: without colours where NO_COLOR is set to anything (no-color.org).</summary>
    public static Palette OfTerminal() => new(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    /// <summary>How a kind of text looks.</summary>
    public Attribute this[Tone tone] => tone switch
    {
        Tone.Dim => Make(null, TextStyle.Faint),
        Tone.Mine => Make(ColorName16.Green, TextStyle.Bold),
        Tone.Theirs => Make(ColorName16.Cyan, TextStyle.Bold),
        Tone.Warning => Make(ColorName16.Red, TextStyle.Bold),
        Tone.Bar => Make(null, TextStyle.Reverse),
        Tone.BarWarning => Make(ColorName16.Red, TextStyle.Reverse | TextStyle.Bold),
        Tone.Selected => Make(null, TextStyle.Reverse),
        Tone.Unread => Make(ColorName16.Yellow, TextStyle.Bold),
        _ => Make(null, TextStyle.None),
    };

    private Attribute Make(ColorName16? colour, TextStyle style) =>
        new(hasColours && colour is { } name ? new Color(name) : Color.None, Color.None, style);
}
