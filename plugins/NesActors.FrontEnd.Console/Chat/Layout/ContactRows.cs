using System.Collections.Immutable;
using System.Globalization;
using NesActors.Contracts;
using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Console.Chat.Layout;

/// <summary>The contact list: the number that chooses each, a warning where keys changed, how many messages are unread.</summary>
internal static class ContactRows
{
    /// <summary>Exactly as many rows as there is room for, with the shown conversation among them.</summary>
    public static ImmutableArray<Row> Of(ChatState state, int width, int height)
    {
        var first = First(state, height);
        var rows = state.Conversations.Values.Skip(first).Take(height).Select((conversation, index) => Of(conversation, first + index + 1, state, width));
        return [.. rows.Concat(Enumerable.Repeat(Row.Empty.Fit(width), height)).Take(height)];
    }

    /// <summary>The place of the first contact in the list, counted from 0.</summary>
    public static int First(ChatState state, int height)
    {
        var shown = state.Conversations.Keys.Index().Where(entry => entry.Item == state.Active).Select(entry => entry.Index).FirstOrDefault();
        return Math.Clamp(shown - height + 1, 0, Math.Max(state.Conversations.Count - height, 0));
    }

    private static Row Of(Conversation conversation, int place, ChatState state, int width)
    {
        var isShown = conversation.Contact.User == state.Active;
        var unread = conversation.UnreadCount;
        var tone = isShown ? Tone.Selected : unread > 0 ? Tone.Unread : Tone.Plain;
        var number = place <= 9 ? place.ToString(CultureInfo.InvariantCulture) : " ";
        var warning = conversation.Contact.Trust == TrustState.Changed ? "!" : " ";
        var count = unread > 0 ? $" ({unread})" : "";
        var head = Row.Of(new Span(number + warning, conversation.Contact.Trust == TrustState.Changed ? Tone.Warning : tone), new Span(conversation.Contact.User.Value, tone));
        return Row.Of([.. head.Fit(width - count.Length, tone).Spans, new Span(count, tone)]);
    }
}
