using NesActors.Cli.Commands;
using NesActors.Cli.Hosting;
using NesActors.Cli.Settings;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;
using NesActors.Core.Storage.State;

namespace NesActors.Cli.Doctor;

/// <summary>What contacts see of what the user has published, by their own word.</summary>
internal static class ContactChecks
{
    private const string Check = "contacts";

    /// <summary>Looks, where there are contacts and no passphrase has to be asked for.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(Invocation run, NesSettings settings, SessionFactory factory, CancellationToken cancellation)
    {
        if (!StateStore.IsThere(settings.StateFolder) || (factory.IsProtected && !run.Passphrase.IsGiven(run))) return [];
        try
        {
            await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
            return [.. (await contacts.Book.ContactsAsync(cancellation)).Where(contact => contact.WithheldSuite is not null).Select(Judge)];
        }
        catch (StateException)
        {
            // The check of the directory has told what is wrong with the state.
            return [];
        }
        catch (Exception error) when (error is CliException or AttachException)
        {
            return [Finding.Warning(Check, $"what contacts see of you cannot be known here: {error.Message}", "ask with the settings, and the program, of the session that runs")];
        }
    }

    private static Finding Judge(Contact contact) => Finding.Warning(
        Check,
        $"{contact.User} says that they do not see what you have published for suite {contact.WithheldSuite}, though it has been there for more than a day",
        $"ask {contact.User} by another way which key directory they ask: where it is yours, somebody strips it or holds it back on its way to them");
}
