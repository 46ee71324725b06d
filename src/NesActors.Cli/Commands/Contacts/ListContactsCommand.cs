using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Contacts;

/// <summary><c>nes contacts list</c>, and <c>nes contacts</c> alone.</summary>
internal static class ListContactsCommand
{
    /// <summary>Makes a command list.</summary>
    public static Command Bind(Command command, CommandContext context)
    {
        var requests = new Option<bool>("--requests") { Description = "Strangers who wrote and were neither accepted nor answered" };
        var json = CommonOptions.Json();
        command.Add(requests);
        command.Add(json);
        return context.Bind(command, async (run, cancellation) =>
        {
            var all = await AllAsync(run, cancellation);
            var listed = all.Where(contact => Waits(contact) == run.Get(requests)).ToList();
            if (run.Get(json))
            {
                foreach (var contact in listed) run.Out.WriteLine(ContactReport.Json(contact));
                return ExitCode.Done;
            }
            if (listed.Count > 0) TextTable.Write(run.Out, ContactReport.Heads, listed.Select(ContactReport.Row));
            else run.Error.WriteLine(run.Get(requests) ? "nobody waits to be accepted" : "there are no contacts yet");
            if (!run.Get(requests) && all.Count > listed.Count) run.Error.WriteLine($"{all.Count - listed.Count} waiting to be accepted: nes contacts --requests");
            return ExitCode.Done;
        });
    }

    /// <summary>Whoever wrote has shown keys; of a stranger without them only something was set.</summary>
    private static bool Waits(Contact contact) => contact is { Standing: ContactStanding.Stranger, Trust: not TrustState.Unseen };

    private static async Task<IReadOnlyList<Contact>> AllAsync(Invocation run, CancellationToken cancellation)
    {
        // Looking makes nothing.
        if (!System.IO.Directory.Exists(run.Settings.StateFolder)) return [];
        await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
        return await contacts.Book.ContactsAsync(cancellation);
    }
}
