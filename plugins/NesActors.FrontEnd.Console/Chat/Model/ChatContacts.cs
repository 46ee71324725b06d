using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Chat.Model;

/// <summary>Going from one conversation to another.</summary>
internal static class ChatContacts
{
    /// <summary>Shows a conversation, to its end, and keeps what was typed in the one before.</summary>
    public static ChatStep Open(ChatState state, Username user)
    {
        if (state.Shown is { } left) state = state.Put(left with { Draft = state.Input });
        var conversation = state.With(user);
        var opened = conversation.Read() with { Scroll = 0, NewBelow = 0, WasOpened = true, IsLoading = conversation.IsLoading || !conversation.WasOpened };
        var next = state.Put(opened) with { Active = user, Input = opened.Draft };
        return conversation.WasOpened
            ? ChatStep.Of(next, new MarkRead(user))
            : ChatStep.Of(next, new LoadHistory(user, Before: null), new MarkRead(user));
    }

    /// <summary>Shows the conversation at a place of the list, where there is one.</summary>
    public static ChatStep Pick(ChatState state, int place) =>
        ContactList.Of(state) is var list && place >= 1 && place <= list.Length ? Open(state, list[place - 1].Contact.User) : state;

    /// <summary>
    /// Shows the next conversation with unread messages of a contact, else the next of the list; the list is a ring.
    /// </summary>
    public static ChatStep Next(ChatState state, int direction)
    {
        var users = ContactList.Of(state).Select(conversation => conversation.Contact.User).ToArray();
        if (users.Length == 0) return state;
        var here = state.Active is { } active ? Array.IndexOf(users, active) : direction > 0 ? -1 : 0;
        var ring = Enumerable.Range(1, users.Length).Select(step => users[((here + (direction * step)) % users.Length + users.Length) % users.Length]).ToArray();
        var unread = ring.Where(user => user != state.Active && state.Conversations[user] is { IsRequest: false, UnreadCount: > 0 }).Select(user => (Username?)user).FirstOrDefault();
        return Open(state, direction > 0 ? unread ?? ring[0] : ring[0]);
    }
}
