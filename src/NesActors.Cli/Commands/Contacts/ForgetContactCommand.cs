using System.CommandLine;
using NesActors.Cli.Commands.Owner;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Contacts;

/// <summary><c>nes contacts forget</c>: messages, keys, alias, all. <c>nes forget</c> deletes messages alone.</summary>
internal static class ForgetContactCommand
{
    public static Command Create(CommandContext context)
    {
        var name = ContactName.Argument();
        var consent = new Consent();
        var command = new Command("forget", "Forget somebody: messages, keys and alias (nes forget deletes messages alone)") { name, context.Options.Json };
        consent.AddTo(command);
        return context.Bind(command, async (run, cancellation) =>
        {
            await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
            var user = (await ContactName.RequireAsync(contacts.Book, run.Get(name)!, cancellation)).User;
            consent.Require(run, $"This deletes all messages with {user} here and forgets their keys: the next keys seen are believed again.", user.Value);
            if (await contacts.Book.ChangeContactAsync(user, new ContactChange.Forget(), cancellation) is null)
                throw new CliException(ExitCode.Refused, $"a message to {user} still waits to go out; see: nes history {user}");
            run.Tell([$"{user} is forgotten"], ("user", user.Value), ("forgotten", true));
            return ExitCode.Done;
        });
    }
}
