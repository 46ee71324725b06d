using NesActors.FrontEnd.Console.Chat.Layout;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>Looking at older messages.</summary>
internal static class ChatScroll
{
    /// <summary>A page, less two rows that stay for the eye.</summary>
    public static ChatStep Page(ChatState state, int direction) => By(state, direction * Math.Max(Geometry.Of(state).Height - 2, 1));

    /// <summary>Rows towards older messages, or towards newer ones where negative.</summary>
    public static ChatStep By(ChatState state, int rows)
    {
        if (state.Shown is not { } shown) return state;
        var wanted = Math.Max(shown.Scroll + rows, 0);
        var next = Clamp(state.Put(shown with { Scroll = wanted }));
        var moved = next.Shown!;
        if (moved.Scroll == 0) moved = moved with { NewBelow = 0 };
        var isAtTop = rows > 0 && moved.Scroll < wanted;
        return isAtTop && moved is { HasOlder: true, IsLoading: false, Oldest: { } oldest }
            ? ChatStep.Of(next.Put(moved with { IsLoading = true }), new LoadHistory(moved.Contact.User, oldest))
            : next.Put(moved);
    }

    /// <summary>Shows the end.</summary>
    public static ChatState ToEnd(ChatState state) => state.Shown is { } shown ? state.Put(shown with { Scroll = 0, NewBelow = 0 }) : state;

    /// <summary>Never shows what is above the first row.</summary>
    public static ChatState Clamp(ChatState state)
    {
        if (state.Shown is not { Scroll: > 0 } shown) return state;
        var geometry = Geometry.Of(state);
        var rows = ConversationRows.FromEnd(state, geometry.Width).Take(shown.Scroll + geometry.Height).Count();
        return state.Put(shown with { Scroll = Math.Clamp(shown.Scroll, 0, Math.Max(rows - geometry.Height, 0)) });
    }
}
