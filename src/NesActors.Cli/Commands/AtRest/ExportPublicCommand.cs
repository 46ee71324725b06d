using System.CommandLine;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Cli.Commands.AtRest;

/// <summary><c>nes keys export-public</c>: puts the user's public keys into a folder that stands in for a directory.</summary>
internal static class ExportPublicCommand
{
    public static Command Create(CommandContext context)
    {
        var folder = new Option<string>("--out") { Required = true, HelpName = "FOLDER", Description = "A folder that others read your keys from: -p file:///FOLDER" };
        var force = new Option<bool>("--force") { Description = "Replace other keys of your name that are there" };
        var quiet = CommonOptions.Quiet();
        var command = new Command("export-public", "Put your public keys into a folder that others use as their key directory; a session with the same folder renews them") { folder, force, quiet, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            await ExportAsync(run, new FolderKeyDirectory(run.Get(folder)!), run.Get(force), run.Get(quiet), cancellation);
            return ExitCode.Done;
        });
    }

    private static async Task ExportAsync(Invocation run, FolderKeyDirectory folder, bool force, bool quiet, CancellationToken cancellation)
    {
        var session = run.Session();
        using var identity = session.Identity(session.Suite());
        var record = identity.PublicRecord;
        try
        {
            if (!force && await folder.IsThereAsync(record, cancellation) == false)
                throw CliException.Usage($"{folder.Folder} has other keys of {run.Settings.User}; --force replaces them, and who uses the folder then has yours");
            var written = await folder.PutAsync(record, cancellation);
            if (quiet) return;
            run.Tell(written.Count > 0 ? written : [$"{folder.Folder} has these keys of {run.Settings.User} already."], ("user", run.Settings.User.Value), ("files", written));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"your public keys cannot be put into {folder.Folder}: {error.Message}");
        }
    }
}
