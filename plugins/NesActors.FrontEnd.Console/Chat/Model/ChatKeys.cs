namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>What keys do, but for the one that sends.</summary>
internal static class ChatKeys
{
    /// <summary>The chat after a key.</summary>
    public static ChatStep Apply(ChatState state, ChatKey key, ChatCommands commands) => key switch
    {
        ChatKey.NewLine => state with { Input = state.Input.Insert("\n") },
        ChatKey.Backspace => state with { Input = state.Input.Backspace() },
        ChatKey.Delete => state with { Input = state.Input.Delete() },
        ChatKey.DeleteWord => state with { Input = state.Input.DeleteWord() },
        ChatKey.DeleteToStart => state with { Input = state.Input.DeleteToStart() },
        ChatKey.DeleteToEnd => state with { Input = state.Input.DeleteToEnd() },
        ChatKey.Left => state with { Input = state.Input.Left() },
        ChatKey.Right => state with { Input = state.Input.Right() },
        ChatKey.WordLeft => state with { Input = state.Input.WordLeft() },
        ChatKey.WordRight => state with { Input = state.Input.WordRight() },
        ChatKey.Home => state with { Input = state.Input.Home() },
        ChatKey.End => state with { Input = state.Input.End() },
        ChatKey.Up when !state.Input.IsInFirstLine => state with { Input = state.Input.Up() },
        ChatKey.Up => Recall(state, state.History.Back(state.Input)),
        ChatKey.Down when !state.Input.IsInLastLine => state with { Input = state.Input.Down() },
        ChatKey.Down => Recall(state, state.History.Forward(state.Input)),
        ChatKey.PageUp => ChatScroll.Page(state, +1),
        ChatKey.PageDown => ChatScroll.Page(state, -1),
        ChatKey.Latest => ChatScroll.ToEnd(state),
        ChatKey.NextContact => ChatContacts.Next(state, +1),
        ChatKey.PreviousContact => ChatContacts.Next(state, -1),
        ChatKey.Contacts => ToggleContacts(state),
        ChatKey.Help => commands.Run(state, "/help"),
        ChatKey.Quit => ChatStep.Of(state, new Leave()),
        _ => state,
    };

    private static ChatState Recall(ChatState state, (InputHistory History, InputText Input) recalled) =>
        state with { History = recalled.History, Input = recalled.Input };

    private static ChatState ToggleContacts(ChatState state)
    {
        var isShown = Layout.Geometry.Of(state).Contacts > 0;
        return ChatScroll.Clamp(state with { ShowsContacts = !isShown });
    }
}
