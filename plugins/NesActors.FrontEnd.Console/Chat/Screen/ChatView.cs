using System.Drawing;
using NesActors.FrontEnd.Console.Chat.Layout;
using NesActors.FrontEnd.Console.Chat.Model;
using Terminal.Gui.Drivers;
using Terminal.Gui.Input;
using Terminal.Gui.ViewBase;

namespace NesActors.FrontEnd.Console.Chat.Screen;

/// <summary>The whole screen as one view: draws what the layout says, and turns keys, pastes and the mouse into inputs of the chat.</summary>
internal sealed class ChatView : View
{
    private const int WheelRows = 3;

    private readonly Palette _palette;
    private readonly Action<ChatInput> _apply;
    private ChatState _state;

    /// <summary>Makes the view.</summary>
    /// <param name="state">What is shown at first.</param>
    /// <param name="palette">How it looks.</param>
    /// <param name="apply">Takes the inputs, on the thread of the view.</param>
    public ChatView(ChatState state, Palette palette, Action<ChatInput> apply)
    {
        (_state, _palette, _apply) = (state, palette, apply);
        (Width, Height) = (Dim.Fill(), Dim.Fill());
        CanFocus = true;
        // Every key is ours: none of the library's own bindings applies here.
        KeyBindings.Clear();
        ViewportChanged += (_, _) => apply(new Resized(Viewport.Width, Viewport.Height));
    }

    /// <summary>Shows another state.</summary>
    public void Show(ChatState state)
    {
        _state = state;
        SetNeedsDraw();
    }

    /// <inheritdoc/>
    protected override bool OnDrawingContent(DrawContext? context)
    {
        var image = ChatLayout.Render(_state);
        for (var row = 0; row < Math.Min(image.Rows.Length, Viewport.Height); row++)
        {
            Move(0, row);
            foreach (var span in image.Rows[row].Spans)
            {
                SetAttribute(_palette[span.Tone]);
                AddStr(span.Text);
            }
        }
        Cursor = new Cursor { Position = ViewportToScreen(new Point(image.CursorColumn, image.CursorRow)), Style = CursorStyle.Default };
        return true;
    }

    /// <inheritdoc/>
    protected override bool OnKeyDown(Key key)
    {
        if (KeyMap.Read(key) is { } input) _apply(input);
        return true;
    }

    /// <inheritdoc/>
    protected override bool OnMouseEvent(Mouse mouse)
    {
        if (mouse.Flags.HasFlag(MouseFlags.WheeledUp)) _apply(new Wheeled(WheelRows));
        else if (mouse.Flags.HasFlag(MouseFlags.WheeledDown)) _apply(new Wheeled(-WheelRows));
        else if (mouse.Flags.HasFlag(MouseFlags.LeftButtonPressed) && mouse.Position is { } position) Click(position);
        return true;
    }

    private void Click(Point position)
    {
        var geometry = Geometry.Of(_state);
        var row = position.Y - geometry.Top;
        if (position.X >= geometry.Contacts || row < 0 || row >= geometry.Height) return;
        if (ContactRows.PlaceAt(_state, row, geometry.Height) is { } place) _apply(new Picked(place));
    }
}
