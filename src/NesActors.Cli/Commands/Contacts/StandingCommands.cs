using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Contacts;

/// <summary><c>nes contacts accept</c>, <c>block</c> and <c>unblock</c>: who may write. Also for somebody never heard of: it holds from the first message on.</summary>
internal static class StandingCommands
{
    public static Command Accept(CommandContext context) => Create(
        context, "accept", "Take a stranger as a contact: what arrives is confirmed to them", new ContactChange.Accept(), contact => $"{contact.User} is one of your contacts");

    public static Command Block(CommandContext context) => Create(
        context, "block", "Drop what somebody sends from now on, before anything is done for it", new ContactChange.Block(), contact => $"{contact.User} is blocked");

    public static Command Unblock(CommandContext context) => Create(
        context, "unblock", "Take a block back", new ContactChange.Unblock(),
        contact => $"{contact.User} is unblocked{(contact.Standing == ContactStanding.Stranger ? ", and a stranger" : "")}");

    private static Command Create(CommandContext context, string verb, string description, ContactChange change, Func<Contact, string> done)
    {
        var name = ContactName.Argument();
        var quiet = CommonOptions.Quiet();
        var command = new Command(verb, description) { name, quiet, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
            var (user, _) = await ContactName.FindAsync(contacts.Book, run.Get(name)!, cancellation);
            if (user == run.Settings.User) throw CliException.Usage($"{user} is you");
            var contact = await contacts.Book.ChangeContactAsync(user, change, cancellation) ?? throw new CliException(ExitCode.Refused, $"this does not apply to {user} now; see: nes contacts show {user}");
            if (!run.Get(quiet)) ContactReport.Tell(run, contact, done(contact));
            return ExitCode.Done;
        });
    }
}
