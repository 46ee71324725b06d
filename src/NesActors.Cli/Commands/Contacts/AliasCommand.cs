using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Contacts;

/// <summary><c>nes contacts alias</c>: what the person calls somebody.</summary>
internal static class AliasCommand
{
    public static Command Create(CommandContext context)
    {
        var name = ContactName.Argument();
        var alias = new Argument<string?>("ALIAS") { Arity = ArgumentArity.ZeroOrOne, Description = "What to call them, here alone; without it, by the name again" };
        var command = new Command("alias", "Call somebody otherwise, here alone") { name, alias, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
            var contact = await ContactName.RequireAsync(contacts.Book, run.Get(name)!, cancellation);
            var wanted = run.Get(alias);
            if (wanted is not null)
            {
                var known = (await contacts.Book.ContactsAsync(cancellation)).Select(other => other.User).ToHashSet();
                if (ContactChange.Rename.ProblemOf(wanted, contact.User, known.Contains) is { } problem) throw CliException.Usage(problem);
            }
            var changed = await contacts.Book.ChangeContactAsync(contact.User, new ContactChange.Rename(wanted), cancellation) ?? contact;
            ContactReport.Tell(run, changed, wanted is null ? $"{contact.User} is called by that name" : $"{contact.User} is called {TerminalText.Escape(wanted)}");
            return ExitCode.Done;
        });
    }
}
