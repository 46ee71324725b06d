using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Contacts;

/// <summary><c>nes contacts receipts</c>: whether somebody is told what was read.</summary>
internal static class ReceiptsCommand
{
    public static Command Create(CommandContext context)
    {
        var name = ContactName.Argument();
        var wanted = new Argument<string>("on|off|default") { Description = "Whether they are told; default: as the setting READ_RECEIPTS says" };
        wanted.AcceptOnlyFromAmong("on", "off", "default");
        var command = new Command("receipts", "Say whether somebody is told what you have read") { name, wanted, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
            var contact = await ContactName.RequireAsync(contacts.Book, run.Get(name)!, cancellation);
            bool? send = run.Get(wanted) switch { "on" => true, "off" => false, _ => null };
            var changed = await contacts.Book.ChangeContactAsync(contact.User, new ContactChange.SendReadReceipts(send), cancellation) ?? contact;
            ContactReport.Tell(run, changed, send switch
            {
                true => $"{contact.User} is told what you have read",
                false => $"{contact.User} is not told what you have read",
                _ => $"{contact.User} is told what you have read where the setting READ_RECEIPTS says so",
            });
            return ExitCode.Done;
        });
    }
}
