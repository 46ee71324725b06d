using System.Collections.Immutable;
using System.Globalization;
using NesActors.Contracts;
using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Console.Chat.Layout;

/// <summary>The contact list: the number that chooses each, a mark where keys changed or are verified, how many messages are unread; below a line the requests of strangers.</summary>
internal static class ContactRows
{
    /// <summary>Exactly as many rows as there is room for, with the shown conversation among them.</summary>
    public static ImmutableArray<Row> Of(ChatState state, int width, int height)
    {
        var entries = Entries(state);
        var rows = entries.Skip(First(entries, state, height)).Take(height).Select(entry => entry.Conversation is { } conversation
            ? Of(conversation, entry.Place, state, width)
            : Row.Of(new Span($"─ requests ({entry.Place}) ", Tone.Dim), new Span(new string('─', width), Tone.Dim)).Fit(width));
        return [.. rows.Concat(Enumerable.Repeat(Row.Empty.Fit(width), height)).Take(height)];
    }

    /// <summary>The place in the list, from 1, of who stands in a row; <see langword="null"/> where nobody does.</summary>
    public static int? PlaceAt(ChatState state, int row, int height)
    {
        var entries = Entries(state);
        var index = First(entries, state, height) + row;
        return index < entries.Count && entries[index].Conversation is not null ? entries[index].Place : null;
    }

    private static int First(List<Entry> entries, ChatState state, int height)
    {
        var shown = Math.Max(entries.FindIndex(entry => entry.Conversation?.Contact.User == state.Active), 0);
        return Math.Clamp(shown - height + 1, 0, Math.Max(entries.Count - height, 0));
    }

    private static List<Entry> Entries(ChatState state)
    {
        var list = ContactList.Of(state);
        var requests = list.Count(conversation => conversation.IsRequest);
        var entries = list.Select((conversation, index) => new Entry(conversation, index + 1)).ToList();
        if (requests > 0) entries.Insert(list.Length - requests, new Entry(null, requests));
        return entries;
    }

    private static Row Of(Conversation conversation, int place, ChatState state, int width)
    {
        var contact = conversation.Contact;
        var unread = conversation.UnreadCount;
        var tone = contact.User == state.Active ? Tone.Selected : unread > 0 && !conversation.IsRequest ? Tone.Unread : Tone.Plain;
        var number = place <= 9 ? place.ToString(CultureInfo.InvariantCulture) : " ";
        var (mark, markTone) = contact switch
        {
            { Trust: TrustState.Changed } => ("!", Tone.Warning),
            { IsVerified: true } => (ContactText.VerifiedMark, tone),
            _ => (" ", tone),
        };
        var count = unread > 0 ? $" ({unread})" : "";
        var head = Row.Of(new Span(number + mark, markTone), new Span(ContactText.NameOf(contact), tone));
        return Row.Of([.. head.Fit(width - count.Length, tone).Spans, new Span(count, tone)]);
    }

    /// <summary>A row of the list.</summary>
    /// <param name="Conversation">Who stands there; <see langword="null"/>: the line above the requests.</param>
    /// <param name="Place">The place in the list, from 1; of that line, how many requests there are.</param>
    private readonly record struct Entry(Conversation? Conversation, int Place);
}
