using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Contacts;

/// <summary><c>nes contacts receipts</c>: whether somebody is told what was read, and what has arrived.</summary>
internal static class ReceiptsCommand
{
    private static readonly string[] Choices = ["on", "off", "default"];

    public static Command Create(CommandContext context)
    {
        var name = ContactName.Argument();
        var read = new Argument<string?>("on|off|default") { Description = "Whether they are told what you have read; default: as the setting READ_RECEIPTS says", Arity = ArgumentArity.ZeroOrOne };
        var delivery = new Option<string?>("--delivery")
        {
            Description = "Whether they are told what has arrived; without it they are told nothing of what you have read either; default: as the setting DELIVERY_RECEIPTS says",
            HelpName = "on|off|default",
        };
        read.AcceptOnlyFromAmong(Choices);
        delivery.AcceptOnlyFromAmong(Choices);
        var command = new Command("receipts", "Say whether somebody is told what you have read, and what has arrived") { name, read, delivery, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            List<ContactChange> changes = [];
            if (run.Get(read) is { } aboutReading) changes.Add(new ContactChange.SendReadReceipts(ChoiceOf(aboutReading)));
            if (run.Get(delivery) is { } aboutDelivery) changes.Add(new ContactChange.SendDeliveryReceipts(ChoiceOf(aboutDelivery)));
            if (changes.Count == 0) throw CliException.Usage("say on, off or default about what you have read, or --delivery with one of these about what has arrived");

            await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
            var contact = await ContactName.RequireAsync(contacts.Book, run.Get(name)!, cancellation);
            foreach (var change in changes) contact = await contacts.Book.ChangeContactAsync(contact.User, change, cancellation) ?? contact;
            ContactReport.Tell(run, contact, [.. changes.Select(change => Sentence(contact, change))]);
            return ExitCode.Done;
        });
    }

    private static bool? ChoiceOf(string text) => text switch { "on" => true, "off" => false, _ => null };

    private static string Sentence(Contact contact, ContactChange change) => change switch
    {
        ContactChange.SendReadReceipts { Send: true } when contact.DeliveryReceipts == false => $"{contact.User} is told what you have read once they are told what has arrived (--delivery on)",
        ContactChange.SendReadReceipts receipts => Sentence(contact.User, receipts.Send, "what you have read", "READ_RECEIPTS"),
        ContactChange.SendDeliveryReceipts { Send: false } => $"{contact.User} is not told what has arrived, nor what you have read; their client may send it again for 30 days",
        ContactChange.SendDeliveryReceipts receipts => Sentence(contact.User, receipts.Send, "what has arrived", "DELIVERY_RECEIPTS"),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static string Sentence(Username user, bool? send, string what, string setting) => send switch
    {
        true => $"{user} is told {what}",
        false => $"{user} is not told {what}",
        _ => $"{user} is told {what} where the setting {setting} says so",
    };
}
