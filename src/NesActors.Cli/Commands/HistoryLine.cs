using System.Globalization;
using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands;

/// <summary>A stored message as a person or a program reads it.</summary>
internal static class HistoryLine
{
    /// <summary><c>2026-11-23 10:15:00 bob &gt; Hello</c>, in local time, further lines indented so that none can pass for another message.</summary>
    public static string Text(StoredMessage message, TimeZoneInfo zone)
    {
        var time = TimeZoneInfo.ConvertTime(message.SentAt, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var who = message.Direction == MessageDirection.Incoming ? $"{message.Contact}" : $"me to {message.Contact}";
        // The marks stand before the '>' where no text of the sender can be.
        var mark = (message.IsRequest ? " (STRANGER)" : "") + (message.UnderChangedKey ? " (CHANGED KEY!)" : "") + (message.IsOlderSuite ? " (OLDER SUITE!)" : "") + (message.BreaksChain ? " (BREAKS CHAIN!)" : "") + (message.IsOutOfTime ? " (OUT OF TIME)" : "") + StateOf(message);
        return $"[{time}] {who}{mark} > {string.Join($"{Environment.NewLine}    ", TerminalText.Lines(message.Text))}";
    }

    /// <summary>One object: id, contact, direction, text, sent_at, recorded_at, state, failure, under_changed_key, out_of_time, request (from a stranger), older_suite, breaks_chain.</summary>
    public static string Json(StoredMessage message) => JsonLine.Of(
        ("id", message.Id.ToString()), ("contact", message.Contact.Value), ("direction", CodeOf(message.Direction)), ("text", message.Text),
        ("sent_at", TimeOf(message.SentAt)), ("recorded_at", TimeOf(message.RecordedAt)), ("state", CodeOf(message.State)),
        ("failure", message.Failure == SendFailure.None ? null : CodeOf(message.Failure)),
        ("under_changed_key", message.UnderChangedKey), ("out_of_time", message.IsOutOfTime), ("request", message.IsRequest), ("older_suite", message.IsOlderSuite),
        ("breaks_chain", message.BreaksChain));

    private static string StateOf(StoredMessage message) => message.State switch
    {
        MessageState.Queued => " (waiting)",
        MessageState.Delivered => " (delivered)",
        MessageState.Read when message.Direction == MessageDirection.Outgoing => " (read)",
        MessageState.Failed => $" (not sent: {CodeOf(message.Failure)})",
        MessageState.Unknown => " (nobody can know whether it arrived)",
        _ => "",
    };

    private static string TimeOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string CodeOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
