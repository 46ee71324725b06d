using System.Globalization;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Console.Chat.Model;
using NesActors.FrontEnd.Console.Output;

namespace NesActors.FrontEnd.Console.Chat.Layout;

/// <summary>The rows of one entry of a conversation: <c>14:03 ✓ alice &gt; Hello</c>.</summary>
/// <param name="Me">Whose session it is.</param>
/// <param name="Contact">With whom the conversation is; <see langword="null"/> where there are notices alone.</param>
/// <param name="Zone">Where the person lives.</param>
/// <param name="Width">Columns there are.</param>
internal sealed record EntryRows(Username Me, Username? Contact, TimeZoneInfo Zone, int Width)
{
    /// <summary>Beyond this difference of the clocks, or this long a way, the sender's time is told too.</summary>
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(2);

    private int NameWidth => Math.Max(Me.Value.Length, Contact is { } contact ? contact.Value.Length : 0);

    /// <summary>The rows, from above. A day begins with its name.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="previous">The entry above it.</param>
    public IReadOnlyList<Row> Of(Entry entry, Entry? previous)
    {
        List<Row> rows = [];
        var day = Local(entry.At).Date;
        if (previous is null || Local(previous.At).Date != day) rows.Add(Separator(day));
        rows.AddRange(entry is MessageEntry message ? Of(message.Message) : Of((NoticeEntry)entry));
        return rows;
    }

    private IEnumerable<Row> Of(StoredMessage message)
    {
        var isMine = message.Direction == MessageDirection.Outgoing;
        var (mark, markTone) = Mark(message);
        var name = (isMine ? Me : message.Contact).Value.PadRight(NameWidth);
        var time = Local(message.RecordedAt).ToString("HH:mm", CultureInfo.InvariantCulture);
        Span[] prefix = [new(time, Tone.Dim), new($"{mark} ", markTone), new(name, isMine ? Tone.Mine : Tone.Theirs), new(" > ", Tone.Dim)];
        var tone = message.UnderChangedKey || message.State is MessageState.Failed or MessageState.Unknown ? Tone.Warning : Tone.Plain;
        foreach (var row in Hanging(prefix, TerminalText.Lines(message.Text), tone)) yield return row;
        foreach (var remark in Remarks(message))
        {
            foreach (var row in Hanging([new Span(new string(' ', 8))], [remark.Text], remark.Tone)) yield return row;
        }
    }

    private IEnumerable<Row> Of(NoticeEntry notice)
    {
        var tone = notice.IsWarning ? Tone.Warning : Tone.Dim;
        return Hanging([new Span(notice.IsWarning ? "!! " : "-- ", tone)], TerminalText.Lines(notice.Text), tone);
    }

    private IEnumerable<Span> Remarks(StoredMessage message)
    {
        if (message.State is MessageState.Failed or MessageState.Unknown) yield return new Span(Outcome.Describe(message), Tone.Warning);
        if (message.UnderChangedKey) yield return new Span("signed with CHANGED keys: it may be somebody else (/trust)", Tone.Warning);
        if (message.IsOlderSuite) yield return new Span("by an OLDER SUITE than they have: somebody may have talked one of you down, or they have not seen yet what you have", Tone.Warning);
        if (message.BreaksChain) yield return new Span("BREAKS THE CHAIN: they wrote another message before it than you got; somebody may write with their keys, or their program was set back", Tone.Warning);
        if (message.IsOutOfTime) yield return new Span("OUT OF TIME: an old message that came late, a wrong clock, or somebody's replay", Tone.Warning);
        if (message.Direction == MessageDirection.Incoming && (message.RecordedAt - message.SentAt).Duration() > LateAfter)
        {
            yield return new Span($"written {Local(message.SentAt).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture)} by its sender's clock", Tone.Dim);
        }
    }

    /// <summary>The prefix, the text behind it, and all further rows below the text: nothing of the text is ever where a prefix could be.</summary>
    private IEnumerable<Row> Hanging(Span[] head, IReadOnlyList<string> lines, Tone tone)
    {
        var headWidth = Row.Of(head).Width;
        var indent = headWidth <= Width / 2 ? headWidth : 2;
        foreach (var (index, line) in lines.Index())
        {
            var pieces = TextWrap.Wrap(line, Width - (index == 0 ? headWidth : indent), Width - indent);
            foreach (var (number, piece) in pieces.Index())
            {
                yield return index == 0 && number == 0
                    ? Row.Of([.. head, new Span(piece, tone)])
                    : Row.Of(new Span(new string(' ', indent)), new Span(piece, tone));
            }
        }
    }

    private Row Separator(DateTime day)
    {
        var name = $"── {day.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture)} ";
        return Row.Of(new Span(name.PadRight(Math.Max(Width - 1, 0), '─'), Tone.Dim));
    }

    /// <summary>Two columns, of which most leave the first free; that a message was read stands behind them as a word.</summary>
    private static (string Mark, Tone Tone) Mark(StoredMessage message) => message.State switch
    {
        MessageState.Queued => (" …", Tone.Dim),
        MessageState.Published => (" ✓", Tone.Mine),
        MessageState.Delivered => ("✓✓", Tone.Mine),
        MessageState.Read => ("✓✓ read", Tone.Mine),
        MessageState.Failed => (" ✗", Tone.Warning),
        MessageState.Unknown => (" ?", Tone.Warning),
        _ when message.UnderChangedKey || message.IsOlderSuite || message.BreaksChain || message.IsOutOfTime => (" !", Tone.Warning),
        _ => ("  ", Tone.Dim),
    };

    private DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);
}
