using System.Collections.Immutable;
using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Console.Chat.Layout;

/// <summary>A whole screen: its rows from above, each exactly as wide as the terminal, and the cursor in columns and rows from 0.</summary>
internal sealed record ScreenImage(ImmutableArray<Row> Rows, int CursorColumn, int CursorRow)
{
    /// <summary>The screen as text, for tests.</summary>
    public override string ToString() => string.Join('\n', Rows.Select(row => row.ToString().TrimEnd()));
}

/// <summary>
/// Lays the chat out: a title, the conversation (with the contact list at its left), a status line, the input.
/// </summary>
internal static class ChatLayout
{
    /// <summary>Makes the screen of a state.</summary>
    public static ScreenImage Render(ChatState state)
    {
        var input = InputRows.Of(state.Input, state.Width);
        var geometry = Geometry.Of(state, input.Rows.Count);
        var typed = input.Around(geometry.Input);
        var rows = ImmutableArray.CreateBuilder<Row>(state.Height);
        if (geometry.Top > 0) rows.Add(BarRows.Title(state));
        rows.AddRange(Middle(state, geometry));
        rows.Add(BarRows.Status(state));
        rows.AddRange(typed.Rows.Select(row => row.Fit(state.Width)));
        return new ScreenImage([.. rows.Take(state.Height)], Math.Min(typed.CursorColumn, state.Width - 1), geometry.Top + geometry.Height + 1 + typed.CursorRow);
    }

    private static IEnumerable<Row> Middle(ChatState state, Geometry geometry)
    {
        var conversation = ConversationRows.Visible(state, geometry.Width, geometry.Height).Select(row => row.Fit(geometry.Width));
        if (geometry.Contacts == 0) return conversation;
        var contacts = ContactRows.Of(state, geometry.Contacts, geometry.Height);
        return contacts.Zip(conversation, (left, right) => Row.Of([.. left.Spans, new Span("│", Tone.Dim), .. right.Spans]));
    }
}
