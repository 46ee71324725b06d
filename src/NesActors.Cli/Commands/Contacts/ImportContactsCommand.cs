using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Storage;

namespace NesActors.Cli.Commands.Contacts;

/// <summary><c>nes contacts import</c>: takes contacts over from a file. Keys that are pinned stay.</summary>
internal static class ImportContactsCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "What nes contacts export made; it says whose keys are believed: take none but your own" };
        var quiet = CommonOptions.Quiet();
        var command = new Command("import", "Take contacts over from a file; where other keys are pinned here, these stay, and exit code 4 tells; nobody is verified by it") { file, quiet, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            var read = Read(Path.GetFullPath(run.Get(file)!));
            await using var contacts = await StoredContacts.OpenAsync(run, cancellation);
            Check(read, run.Settings.User, await contacts.Book.ContactsAsync(cancellation));
            var conflicts = await ImportAsync(run, contacts.Book, read, cancellation);
            if (!run.Get(quiet)) Tell(run, read.Count - conflicts, conflicts);
            return conflicts == 0 ? ExitCode.Done : ExitCode.Untrusted;
        });
    }

    private static void Tell(Invocation run, int taken, int left) =>
        run.Tell([$"{taken} contacts taken over{(left == 0 ? "" : $", {left} left as they were")}"], ("taken", taken), ("left", left));

    private static async Task<int> ImportAsync(Invocation run, IContactBook book, IReadOnlyList<Contact> read, CancellationToken cancellation)
    {
        var conflicts = 0;
        foreach (var contact in read)
        {
            if (await book.ChangeContactAsync(contact.User, new ContactChange.Import(contact), cancellation) is not null) continue;
            run.Error.WriteLine($"nes: {contact.User} has other keys here than in the file, and was left as it is; compare them with {contact.User}: nes contacts verify {contact.User}");
            conflicts++;
        }
        return conflicts;
    }

    /// <summary>Nothing is taken over where something in the file cannot be meant.</summary>
    private static void Check(IReadOnlyList<Contact> read, Username me, IReadOnlyList<Contact> known)
    {
        if (read.Any(contact => contact.User == me)) throw CliException.Usage($"nothing was taken over: {me}, in the file, is you");
        var names = read.Concat(known).Select(contact => contact.User).ToHashSet();
        foreach (var contact in read)
        {
            if (contact.Alias is { } alias && ContactChange.Rename.ProblemOf(alias, contact.User, names.Contains) is { } problem) throw CliException.Usage($"nothing was taken over: {contact.User}: {problem}");
        }
    }

    private static IReadOnlyList<Contact> Read(string path)
    {
        if (!File.Exists(path)) throw CliException.NotFound($"there is no file {path}");
        var content = new byte[ContactFile.MaxBytes + 1];
        using var stream = File.OpenRead(path);
        var length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (length > ContactFile.MaxBytes) throw CliException.Usage($"{path} is larger than any file of contacts");
        try
        {
            return ContactFile.Read(content.AsSpan(0, length));
        }
        catch (FormatException error)
        {
            throw CliException.Usage($"nothing was taken over: {path}, {error.Message}");
        }
    }
}
