using System.CommandLine;
using NesActors.Cli.Commands.Contacts;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Storage;

namespace NesActors.Cli.Commands;

/// <summary><c>nes forget</c>: deletes what was said with somebody, now or after a time.</summary>
internal static class ForgetCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("name") { Description = "With whom" };
        var message = new Option<string>("--message") { HelpName = "ID", Description = "This message alone; nes history --json tells the ids" };
        var after = new Option<int?>("--after")
        {
            HelpName = "DAYS",
            Description = "Not all at once, but from now on each message when it is so many days old; 0: as long as the setting HISTORY says. nes contacts show tells what is set",
        };
        var quiet = CommonOptions.Quiet();
        var command = new Command("forget", "Delete messages here; the other side keeps theirs, and whose keys are trusted stays") { name, message, after, quiet, context.Options.Json };
        command.Checks(result =>
        {
            if (result.GetValue(message) is not null && result.GetValue(after) is not null) result.AddError("Expected --message or --after, not both");
            if (result.GetValue(after) is < 0 or > 36500) result.AddError("--after takes 0 to 36500 days");
        });
        return context.Bind(command, async (run, cancellation) =>
        {
            var contact = CommonOptions.ParseUser(run.Get(name)!);
            await using var stored = await StoredHistory.OpenAsync(run, cancellation);
            if (run.Get(after) is { } days)
            {
                TimeSpan? limit = days == 0 ? null : TimeSpan.FromDays(days);
                await stored.Messages.DisappearAsync(contact, limit, cancellation);
                Tell($"{contact}: messages are {KeptTime.Describe(limit)}", ("after_days", days));
            }
            else if (run.Get(message) is { } id)
            {
                await DeleteAsync(stored.Messages, contact, CommonOptions.ParseMessage(id), cancellation);
                Tell(null, ("deleted", 1));
            }
            else
            {
                var deleted = await stored.Messages.DeleteConversationAsync(contact, cancellation);
                Tell($"{contact}: {deleted} messages deleted", ("deleted", deleted));
            }
            return ExitCode.Done;

            void Tell(string? sentence, (string Name, object? Value) done)
            {
                if (!run.Get(quiet)) run.Tell([sentence], ("contact", contact.Value), done);
            }
        });
    }

    private static async Task DeleteAsync(IMessageArchive store, Username contact, MessageId id, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is not { } message || message.Contact != contact) throw CliException.NotFound($"there is no message {id} with {contact}");
        if (!await store.DeleteMessageAsync(id, cancellation)) throw new CliException(ExitCode.Refused, $"the message {id} still waits to go out");
    }
}
