using System.CommandLine;
using System.Text;
using NesActors.Cli.Hosting;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;

namespace NesActors.Cli.Commands.Contacts;

/// <summary><c>nes contacts export</c>: whom the person knows and whose keys are believed, without messages.</summary>
internal static class ExportContactsCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Option<string>("--out") { HelpName = "FILE", Description = "The file to make, readable by you alone; one that is there is not replaced; else standard output" };
        var command = new Command("export", "Write your contacts as JSON lines: name, alias, fingerprint, standing, whether verified") { file, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            var path = run.Get(file) is { } given ? Path.GetFullPath(given) : null;
            if (File.Exists(path)) throw CliException.Usage($"{path} is there already; name another");
            await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
            var all = await contacts.Book.ContactsAsync(cancellation);
            var text = string.Concat(all.Select(contact => ContactFile.Line(contact) + "\n"));
            if (path is null) run.Out.Write(text);
            else AtomicFile.Write(path, Encoding.UTF8.GetBytes(text), FileModes.Private, replace: false);
            if (path is not null) run.Tell([$"{all.Count} contacts are in {path}"], ("contacts", all.Count), ("file", path));
            return ExitCode.Done;
        });
    }
}
