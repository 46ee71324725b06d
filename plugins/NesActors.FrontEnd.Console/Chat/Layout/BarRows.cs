using NesActors.Contracts;
using NesActors.FrontEnd.Console.Chat.Model;
using NesActors.FrontEnd.Console.Output;

namespace NesActors.FrontEnd.Console.Chat.Layout;

/// <summary>The bars above and below the conversation.</summary>
internal static class BarRows
{
    /// <summary>With whom, and how far their keys are trusted.</summary>
    public static Row Title(ChatState state)
    {
        if (state.Shown is not { Contact: var contact }) return Row.Of(new Span(" NES", Tone.Bar)).Fit(state.Width, Tone.Bar);
        return Between(new Span($" {ContactText.FullNameOf(contact)}", Tone.Bar), Standing(state.Shown), state.Width);
    }

    /// <summary>Who I am, the connection, and what waits elsewhere.</summary>
    public static Row Status(ChatState state)
    {
        var connection = ConnectionText.Describe(state.Connection, state.ConnectionDetail);
        var left = new Span($" {state.Me} · {connection}", state.Connection == ConnectionState.Online ? Tone.Bar : Tone.BarWarning);
        return Between(left, new Span(Waiting(state), Tone.Bar), state.Width);
    }

    /// <summary>What the person most needs to know of a contact, one thing.</summary>
    private static Span Standing(Conversation shown) => shown switch
    {
        { Contact.Trust: TrustState.Changed } => new Span("KEYS CHANGED: nothing is sent, believe nothing: /trust ", Tone.BarWarning),
        { Contact.Standing: ContactStanding.Blocked } => new Span("BLOCKED: /unblock ", Tone.BarWarning),
        { IsRequest: true } => new Span("a stranger: /accept or /block; answering accepts ", Tone.BarWarning),
        { Contact.Pinned: { } pinned } => new Span($"{(shown.Contact.IsVerified ? $"verified {ContactText.VerifiedMark} " : "")}keys {pinned.ToGroups()[..19]}… ", Tone.Bar),
        _ => new Span("keys not seen yet ", Tone.Bar),
    };

    private static string Waiting(ChatState state)
    {
        var parts = new List<string>();
        if (state.Shown is { Scroll: > 0 } shown) parts.Add(shown.NewBelow > 0 ? $"{shown.NewBelow} new below, PgDn" : "older messages, PgDn");
        if (state.UnreadElsewhere is > 0 and var unread) parts.Add($"{unread} unread elsewhere, Ctrl-N");
        if (ContactList.Requests(state).Count(conversation => conversation.Contact.User != state.Active) is > 0 and var requests) parts.Add($"{requests} request{(requests == 1 ? "" : "s")}");
        if (state.Input.Bytes is var bytes && bytes > Message.MaxTextBytes * 3 / 4) parts.Add($"{bytes} of {Message.MaxTextBytes} bytes");
        if (parts.Count == 0) parts.Add("/help");
        return string.Join(" · ", parts) + " ";
    }

    /// <summary>The right part is complete before the left one, unless it takes the whole row.</summary>
    private static Row Between(Span left, Span right, int width)
    {
        var rightRow = Row.Of(right);
        var room = Math.Max(width - rightRow.Width, Math.Min(Row.Of(left).Width + 1, width / 2));
        return Row.Of([.. Row.Of(left).Fit(room, Tone.Bar).Spans, .. rightRow.Fit(width - room, Tone.Bar).Spans]);
    }
}
