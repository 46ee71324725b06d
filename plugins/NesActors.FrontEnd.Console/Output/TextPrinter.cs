using System.Globalization;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Console.Output;

/// <summary>
/// Events for people: a received message is <c>[HH:mm:ss] alice &gt; Hello</c> in local time on the output, its further lines indented so
/// that none can pass for another message. Notices about the connection, changed keys and strangers go to the error output.
/// </summary>
internal sealed class TextPrinter(OutputLines lines, TimeProvider clock, bool quiet) : IEventPrinter
{
    private const string Indent = "           ";
    private readonly DateTimeOffset _began = clock.GetUtcNow();
    private readonly Dictionary<Username, Contact> _known = [];
    private readonly HashSet<Username> _strangers = [];
    private string? _lastConnection;

    /// <inheritdoc/>
    public Task PrintAsync(MessengerEvent happened, CancellationToken cancellation) => happened switch
    {
        MessageReceived received => MessageAsync(received.Message, cancellation),
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
        var was = Know(contact);
        return contact is { Trust: TrustState.Changed, Offered: { } offered } && was?.Offered != offered
            ? NoticeAsync($"warning: the keys of {contact.User} have changed; trust nothing under the new ones before you have compared them: nes contacts trust {contact.User} --fingerprint HEX")
            : Task.CompletedTask;
    }

    private async Task MessageAsync(StoredMessage message, CancellationToken cancellation)
    {
        await lines.PrintAsync(Format(message), cancellation).ConfigureAwait(false);
        if (message.IsRequest && _strangers.Add(message.Contact))
            await NoticeAsync($"{message.Contact} is a stranger: nes contacts accept {message.Contact}, or nes contacts block {message.Contact}").ConfigureAwait(false);
    }

    private Task ContactAsync(Contact contact)
    {
        var was = _known.GetValueOrDefault(contact.User);
        var notice = was is not null ? KeyChangeText.Describe(was, contact) ?? SuiteText.Describe(was, contact) : contact.Trust == TrustState.Pinned ? VouchingText.Describe(contact) : null;
        if (notice is null) return TrustAsync(contact);
        Know(contact);
        return NoticeAsync(notice);
    }

    /// <returns>What was known before; <see langword="null"/> where no keys were.</returns>
    private Contact? Know(Contact contact)
    {
        var was = _known.GetValueOrDefault(contact.User);
        if (contact.Pinned is null) _known.Remove(contact.User);
        else _known[contact.User] = contact;
        return was;
    }

    private Task NoticeAsync(string notice) => quiet ? Task.CompletedTask : lines.ErrorAsync(notice);

    private string Day(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, clock.LocalTimeZone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Format(StoredMessage message)
    {
        var time = TimeZoneInfo.ConvertTime(message.SentAt, clock.LocalTimeZone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        // The mark stands before the '>' where no text of the sender can be.
        var mark = (message.IsRequest ? " (STRANGER)" : "") + (message.UnderChangedKey ? " (CHANGED KEY!)" : "") + (message.IsOlderSuite ? " (OLDER SUITE!)" : "") + (message.BreaksChain ? " (BREAKS CHAIN!)" : "") + (message.IsOutOfTime ? $" (OUT OF TIME: {Day(message.SentAt)})" : "");
        return $"[{time}] {message.Contact}{mark} > {string.Join("\n" + Indent, TerminalText.Lines(message.Text))}";
    }
}
