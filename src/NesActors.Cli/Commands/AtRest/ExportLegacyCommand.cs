using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Keys;

namespace NesActors.Cli.Commands.AtRest;

/// <summary><c>nes keys export-legacy</c>: the four files that the original reads, in the clear.</summary>
internal static class ExportLegacyCommand
{
    public static Command Create(CommandContext context)
    {
        var folder = new Option<string>("--out") { Required = true, HelpName = "FOLDER", Description = "Where to write them; a file that is there is not replaced" };
        var quiet = CommonOptions.Quiet();
        var command = new Command("export-legacy", "Write your keys as the four files of the original NES Messenger, in the clear") { folder, quiet, context.Options.Json };
        return context.Bind(command, (run, _) =>
        {
            Export(run, Path.GetFullPath(run.Get(folder)!), run.Get(quiet));
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Export(Invocation run, string folder, bool quiet)
    {
        var session = run.Session();
        var present = session.Keys();
        using var identity = session.Identity(session.Suite());
        if (!identity.PublicRecord.Entries.ContainsKey(PublicRecord.MessageKey)) throw CliException.Usage($"suite {run.Settings.Suite} has none of the original's keys: run this with --suite nes1");
        var files = new FileKeyStore(new FileKeyStoreOptions(run.Settings.User, folder) { KeepExisting = true });
        if (run.Settings.KeyFiles.Keys.Select(files.PathOf).FirstOrDefault(File.Exists) is { } there) throw CliException.Usage($"{there} is there already; name another folder");
        foreach (var name in (string[])["rsa-message", "rsa-sign"])
        {
            var content = present.Read(name) ?? throw new KeyException($"The key {name} is missing.");
            try
            {
                files.Write(name, content, isSecret: true);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(content);
            }
        }
        WritePublic(files, "rsa-message.pub", identity.PublicRecord.Entries[PublicRecord.MessageKey]);
        WritePublic(files, "rsa-sign.pub", identity.PublicRecord.Entries[PublicRecord.SignKey]);
        run.Error.WriteLine($"warning: the private keys in {folder} are in the clear: who reads them is {run.Settings.User}. Erase them when you are done.");
        if (quiet) return;
        List<string> written = [.. run.Settings.KeyFiles.Keys.Select(files.PathOf)];
        run.Tell(written, ("user", run.Settings.User.Value), ("files", written));
    }

    /// <summary>For the owner alone as well: nobody else has business in this folder.</summary>
    private static void WritePublic(FileKeyStore files, string name, string pem) => files.Write(name, Encoding.ASCII.GetBytes(pem), isSecret: true);
}
