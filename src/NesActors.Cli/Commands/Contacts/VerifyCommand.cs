using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Contacts;

/// <summary>
/// <c>nes contacts verify</c>: shows the safety number, and takes down that it was compared. Somebody whose keys were never seen is looked up, and the keys are pinned, as writing to them would.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create(CommandContext context)
    {
        var name = ContactName.Argument();
        var number = new Option<string>("--number") { HelpName = "DIGITS", Description = $"The {SafetyNumber.Length} digits that the other side's program shows, typed or scanned: compared, and where they are the same, marked as verified" };
        var yes = new Option<bool>("--yes") { Description = "Mark as verified: you have compared the numbers yourself" };
        var undo = new Option<bool>("--undo") { Description = "Take that back" };
        var noQr = new Option<bool>("--no-qr") { Description = "No QR code" };
        var json = CommonOptions.Json();
        var command = new Command("verify", "Compare safety numbers: alike on both sides, nobody sits between you") { name, number, yes, undo, noQr, json };
        command.Checks(result =>
        {
            if (new[] { result.GetValue(number) is not null, result.GetValue(yes), result.GetValue(undo) }.Count(given => given) > 1) result.AddError("Expected --number, --yes or --undo, one of them");
        });
        return context.Bind(command, async (run, cancellation) =>
        {
            SafetyNumber? compared = run.Get(number) is { } typed ? Parse(typed) : null;
            await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
            var (user, known) = await ContactName.FindAsync(contacts.Book, run.Get(name)!, cancellation);
            if (user == run.Settings.User) throw CliException.Usage($"{user} is you");
            if (known?.Pinned is null && (run.Get(yes) || run.Get(undo))) throw CliException.NotFound($"no keys of {user} were seen yet, so nothing can have been compared; see: nes contacts verify {user}");
            var contact = known?.Pinned is null ? await FirstKeys.PinAsync(run, contacts.Book, user, known, cancellation) : known;
            var check = new Verification(run, contacts.Book, contact, SafetyNumber.Of(run.Settings.User, contacts.MyKeys(), user, contact.Pinned!.Value)) { Json = run.Get(json), WithQr = !run.Get(noQr) };
            return compared is { } other ? await check.CompareAsync(other, contacts.MyKeys(), cancellation)
                : run.Get(yes) || run.Get(undo) ? await check.MarkAsync(run.Get(yes), cancellation)
                : check.Show();
        });
    }

    private static SafetyNumber Parse(string typed) => SafetyNumber.TryParse(typed, out var number)
        ? number
        : throw CliException.Usage($"a safety number has {SafetyNumber.Length} digits; blanks may stand between them: put it in quotes");
}
