using System.Collections.Immutable;
using NesActors.FrontEnd.Console.Chat.Model;

namespace NesActors.FrontEnd.Console.Chat.Layout;

/// <summary>The rows of a conversation, made from its end as far as they are needed.</summary>
internal static class ConversationRows
{
    private const string Welcome = "Nobody is chosen yet: /chat NAME opens a conversation, /help lists what else there is.";

    /// <summary>All rows, the last first, made as they are taken.</summary>
    public static IEnumerable<Row> FromEnd(ChatState state, int width)
    {
        var entries = state.Shown?.Entries ?? state.Home;
        var format = new EntryRows(state.Me, state.Active, state.Zone, width);
        for (var index = entries.Count - 1; index >= 0; index--)
        {
            foreach (var row in format.Of(entries[index], index > 0 ? entries[index - 1] : null).Reverse()) yield return row;
        }
    }

    /// <summary>The rows that are seen, from above, exactly as many as there is room for.</summary>
    public static ImmutableArray<Row> Visible(ChatState state, int width, int height)
    {
        var rows = FromEnd(state, width).Skip(state.Shown?.Scroll ?? 0).Take(height).Reverse().ToList();
        if (rows.Count == 0) rows.AddRange(TextWrap.Wrap(Hint(state), width, width).Select(line => Row.Of(new Span(line, Tone.Dim))));
        // A short conversation hangs above the input, where the eyes are.
        return [.. Enumerable.Repeat(Row.Empty, Math.Max(height - rows.Count, 0)), .. rows.Take(height)];
    }

    /// <summary>How many rows the last entry has.</summary>
    public static int CountLast(ChatState state, int width)
    {
        var entries = state.Shown?.Entries ?? state.Home;
        if (entries.Count == 0) return 0;
        return new EntryRows(state.Me, state.Active, state.Zone, width).Of(entries[^1], entries.Count > 1 ? entries[^2] : null).Count;
    }

    private static string Hint(ChatState state) =>
        state.Active is { } user ? $"No messages with {user} yet. Enter sends what you type, /help lists the commands." : Welcome;
}
