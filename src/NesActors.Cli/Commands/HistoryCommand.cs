using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Storage;

namespace NesActors.Cli.Commands;

/// <summary><c>nes history</c>: what was said with somebody, or where a text was said. Needs neither broker nor directory.</summary>
internal static class HistoryCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string?>("name") { Arity = ArgumentArity.ZeroOrOne, Description = "With whom" };
        var search = new Option<string>("--search") { HelpName = "TEXT", Description = "Only messages with this text, whatever the case; without a name, of everybody" };
        var limit = new Option<int>("--limit") { HelpName = "N", Description = "How many at most", DefaultValueFactory = _ => 50 };
        limit.Between(1, 1_000_000, "messages");
        var before = new Option<string>("--before") { HelpName = "ID", Description = "Only what was stored before this message; --json tells the ids" };
        var markRead = new Option<bool>("--mark-read") { Description = "Mark what is shown as read, and what came before it" };
        var json = CommonOptions.Json();
        var command = new Command("history", "Show what was said, the oldest first") { name, search, limit, before, markRead, json };
        command.Checks(result =>
        {
            if (result.GetValue(name) is null && string.IsNullOrEmpty(result.GetValue(search))) result.AddError("Expected a name, or --search with a text");
            if (result.GetValue(markRead) && result.GetValue(search) is not null) result.AddError("Expected --search or --mark-read, not both");
        });
        return context.Bind(command, async (run, cancellation) =>
        {
            Username? contact = run.Get(name) is { } typed ? CommonOptions.ParseUser(typed) : null;
            MessageId? last = run.Get(before) is { } id ? CommonOptions.ParseMessage(id) : null;
            await using var stored = await StoredHistory.OpenAsync(run, cancellation);
            var messages = await ReadAsync(stored.Messages, run.Get(search), contact, last, run.Get(limit), cancellation);
            foreach (var message in messages) run.Out.WriteLine(run.Get(json) ? HistoryLine.Json(message) : HistoryLine.Text(message, run.Environment.Clock.LocalTimeZone));
            if (run.Get(markRead) && messages.Count > 0) await stored.Messages.MarkReadAsync(contact!.Value, messages[^1].Id, cancellation);
            return ExitCode.Done;
        });
    }

    private static async Task<IReadOnlyList<StoredMessage>> ReadAsync(
        IMessageArchive store, string? search, Username? contact, MessageId? before, int limit, CancellationToken cancellation)
    {
        if (before is { } id && await store.FindAsync(id, cancellation) is null) throw CliException.NotFound($"there is no message {id}");
        return string.IsNullOrEmpty(search)
            ? await store.HistoryAsync(contact!.Value, before, after: null, limit, cancellation)
            : [.. (await store.SearchAsync(search, contact, before, limit, cancellation)).Reverse()];
    }
}
