using NesActors.FrontEnd.Console.Chat.Model;
using Terminal.Gui.Input;

namespace NesActors.FrontEnd.Console.Chat.Screen;

/// <summary>What the terminal's keys mean.</summary>
internal static class KeyMap
{
    private static readonly Dictionary<Key, ChatKey> Keys = new()
    {
        [Key.Enter] = ChatKey.Send,
        [Key.J.WithCtrl] = ChatKey.NewLine,
        // So Ctrl-J and Alt-Enter arrive from most terminals: as LF, and as ESC CR.
        [Key.Enter.WithCtrl] = ChatKey.NewLine,
        [Key.M.WithCtrl.WithAlt] = ChatKey.NewLine,
        [Key.Enter.WithAlt] = ChatKey.NewLine,
        [Key.Enter.WithShift] = ChatKey.NewLine,
        [Key.Backspace] = ChatKey.Backspace,
        [Key.H.WithCtrl] = ChatKey.Backspace,
        [Key.Delete] = ChatKey.Delete,
        [Key.D.WithCtrl] = ChatKey.Delete,
        [Key.W.WithCtrl] = ChatKey.DeleteWord,
        [Key.Backspace.WithAlt] = ChatKey.DeleteWord,
        [Key.Backspace.WithCtrl] = ChatKey.DeleteWord,
        [Key.U.WithCtrl] = ChatKey.DeleteToStart,
        [Key.K.WithCtrl] = ChatKey.DeleteToEnd,
        [Key.CursorLeft] = ChatKey.Left,
        [Key.B.WithCtrl] = ChatKey.Left,
        [Key.CursorRight] = ChatKey.Right,
        [Key.F.WithCtrl] = ChatKey.Right,
        [Key.CursorLeft.WithCtrl] = ChatKey.WordLeft,
        [Key.B.WithAlt] = ChatKey.WordLeft,
        [Key.CursorRight.WithCtrl] = ChatKey.WordRight,
        [Key.F.WithAlt] = ChatKey.WordRight,
        [Key.Home] = ChatKey.Home,
        [Key.A.WithCtrl] = ChatKey.Home,
        [Key.End] = ChatKey.End,
        [Key.E.WithCtrl] = ChatKey.End,
        [Key.CursorUp] = ChatKey.Up,
        [Key.CursorDown] = ChatKey.Down,
        [Key.PageUp] = ChatKey.PageUp,
        [Key.PageDown] = ChatKey.PageDown,
        [Key.End.WithCtrl] = ChatKey.Latest,
        [Key.N.WithCtrl] = ChatKey.NextContact,
        [Key.P.WithCtrl] = ChatKey.PreviousContact,
        [Key.F1] = ChatKey.Help,
        [Key.F2] = ChatKey.Contacts,
        [Key.C.WithCtrl] = ChatKey.Quit,
    };

    /// <summary>What a key means; <see langword="null"/> where it means nothing.</summary>
    public static ChatInput? Read(Key key)
    {
        if (Keys.TryGetValue(key, out var meaning)) return new Pressed(meaning);
        if (key.IsAlt && key.NoAlt.AsGrapheme is [>= '1' and <= '9' and var digit]) return new Picked(digit - '0');
        if (key.IsAlt || key.IsCtrl) return null;
        return key.GetPrintableText() is { Length: > 0 } text ? new Typed(text) : null;
    }
}
