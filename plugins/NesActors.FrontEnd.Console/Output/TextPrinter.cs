using System.Globalization;
using NesActors.Contracts;

namespace NesActors.FrontEnd.Console.Output;

/// <summary>
/// Events for people: a received message is <c>[HH:mm:ss] alice &gt; Hello</c> in local time on the output, its further lines indented so
/// that none can pass for another message. Notices about the connection and changed keys go to the error output.
/// </summary>
internal sealed class TextPrinter(OutputLines lines, TimeProvider clock, bool quiet) : IEventPrinter
{
    private const string Indent = "           ";
    private readonly DateTimeOffset _began = clock.GetUtcNow();
    private readonly HashSet<Username> _seen = [];
    private string? _lastConnection;

    /// <inheritdoc/>
    public Task PrintAsync(MessengerEvent happened, CancellationToken cancellation) => happened switch
    {
        MessageReceived received => lines.PrintAsync(Format(received.Message), cancellation),
        // Of what is long over the state at the start has told already.
        { At: var at } when at < _began => Task.CompletedTask,
        ConnectionChanged connection => ConnectionAsync(connection.State, connection.Detail),
        ContactChanged changed => ContactAsync(changed.Contact),
        _ => Task.CompletedTask,
    };

    /// <summary>Says how the connection is, once for each change.</summary>
    public Task ConnectionAsync(ConnectionState state, string? detail)
    {
        var notice = ConnectionText.Describe(state, detail);
        if (notice == _lastConnection) return Task.CompletedTask;
        _lastConnection = notice;
        return NoticeAsync(notice);
    }

    /// <summary>Takes a contact for known, and warns where the keys are others than those known.</summary>
    public Task TrustAsync(Contact contact)
    {
        if (contact.Pinned is not null) _seen.Add(contact.User);
        return contact.Trust == TrustState.Changed
            ? NoticeAsync($"warning: the keys of {contact.User} have changed; trust nothing under the new ones before you have compared them (nes chat -t {contact.User}, then /trust)")
            : Task.CompletedTask;
    }

    private Task ContactAsync(Contact contact)
    {
        var isNew = contact.Trust == TrustState.Pinned && _seen.Add(contact.User);
        return isNew && VouchingText.Describe(contact) is { } notice ? NoticeAsync(notice) : TrustAsync(contact);
    }

    private Task NoticeAsync(string notice) => quiet ? Task.CompletedTask : lines.ErrorAsync(notice);

    private string Day(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, clock.LocalTimeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Format(StoredMessage message)
    {
        var time = TimeZoneInfo.ConvertTime(message.SentAt, clock.LocalTimeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        // The mark stands before the '>' where no text of the sender can be.
        var mark = (message.UnderChangedKey ? " (CHANGED KEY!)" : "") + (message.IsOutOfTime ? $" (OUT OF TIME: {Day(message.SentAt)})" : "");
        return $"[{time}] {message.Contact}{mark} > {string.Join("\n" + Indent, TerminalText.Lines(message.Text))}";
    }
}
