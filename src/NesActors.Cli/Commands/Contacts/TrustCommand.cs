using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Contacts;

/// <summary><c>nes contacts trust</c>: accepts a contact's changed keys by their fingerprint, which the person got by another way.</summary>
internal static class TrustCommand
{
    public static Command Create(CommandContext context)
    {
        var name = ContactName.Argument();
        var fingerprint = new Option<string>("--fingerprint")
        {
            HelpName = "HEX",
            Description = $"The new keys' fingerprint as the contact told it: all {Fingerprint.Length} digits, or the first {Fingerprint.MinTyped} at least; blanks may stand between them",
        };
        var older = new Option<bool>("--accept-older-suite") { Description = "Let messages go by the suite of the pinned keys, although a better one was seen: until they announce that anew" };
        var command = new Command("trust", "Accept changed keys, after you have compared their fingerprint by another way, or that a better suite is not there any more") { name, fingerprint, older, context.Options.Json };
        command.Checks(parse =>
        {
            if (parse.GetValue(older) == (parse.GetResult(fingerprint) is not null)) parse.AddError("give either --fingerprint HEX or --accept-older-suite");
        });
        return context.Bind(command, async (run, cancellation) =>
        {
            if (run.Get(older)) return await AcceptOlderSuiteAsync(run, run.Get(name)!, cancellation);
            var typed = Fingerprint.ReadTyped(run.Get(fingerprint))
                ?? throw CliException.Usage($"a fingerprint has {Fingerprint.Length} digits of 0-9 and a-f; give them all, or the first {Fingerprint.MinTyped} at least");
            await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
            var contact = await ContactName.RequireAsync(contacts.Book, run.Get(name)!, cancellation);
            if (contact.Offered is not { } offered) return AlreadyKnown(run, contact, typed);
            if (!offered.Value.StartsWith(typed, StringComparison.Ordinal))
                throw new CliException(ExitCode.Untrusted, $"not accepted: the key directory shows keys of {contact.User} with the fingerprint {offered.ToGroups()}; ask {contact.User} again, by another way");
            var changed = await contacts.Book.ChangeContactAsync(contact.User, new ContactChange.AcceptKeys(offered), cancellation)
                ?? throw new CliException(ExitCode.Untrusted, $"not accepted: {contact.User} has other keys by now; see: nes contacts show {contact.User}");
            ContactReport.Tell(
                run, changed,
                $"The new keys of {contact.User} are accepted: {offered.ToGroups()}",
                $"What failed meanwhile is not sent again by itself. Compare the safety number anew: nes contacts verify {contact.User}");
            return ExitCode.Done;
        });
    }

    private static async Task<int> AcceptOlderSuiteAsync(Invocation run, string name, CancellationToken cancellation)
    {
        await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
        var contact = await ContactName.RequireAsync(contacts.Book, name, cancellation);
        var changed = await contacts.Book.ChangeContactAsync(contact.User, new ContactChange.AcceptOlderSuite(), cancellation)
            ?? throw new CliException(ExitCode.Refused, $"no better suite is used with {contact.User}; see: nes contacts show {contact.User}");
        ContactReport.Tell(run, changed, $"Messages to {contact.User} go without suite {contact.Suite} from now on, until {contact.User} announces it anew. What failed meanwhile is not sent again by itself.");
        return ExitCode.Done;
    }

    private static int AlreadyKnown(Invocation run, Contact contact, string typed)
    {
        if (contact.Pinned?.Value.StartsWith(typed, StringComparison.Ordinal) != true)
            throw CliException.NotFound($"no changed keys of {contact.User} were seen here; they are when a message goes or comes (nes send -t {contact.User}); nes whois {contact.User} shows the directory's");
        ContactReport.Tell(run, contact, $"These are the keys of {contact.User} that are pinned already.");
        return ExitCode.Done;
    }
}
