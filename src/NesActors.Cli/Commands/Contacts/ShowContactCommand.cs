using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Contacts;

/// <summary><c>nes contacts show</c>.</summary>
internal static class ShowContactCommand
{
    public static Command Create(CommandContext context)
    {
        var name = ContactName.Argument();
        var json = CommonOptions.Json();
        var command = new Command("show", "Show what is known of somebody here") { name, json };
        return context.Bind(command, async (run, cancellation) =>
        {
            if (!System.IO.Directory.Exists(run.Settings.StateFolder)) throw ContactName.Unknown(CommonOptions.ParseUser(run.Get(name)!));
            await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
            var contact = await ContactName.RequireAsync(contacts.Book, run.Get(name)!, cancellation);
            foreach (var line in run.Get(json) ? [ContactReport.Json(contact)] : ContactReport.Lines(contact)) run.Out.WriteLine(line);
            return ExitCode.Done;
        });
    }
}
