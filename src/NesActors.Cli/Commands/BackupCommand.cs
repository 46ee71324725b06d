using System.CommandLine;
using System.Security.Cryptography;
using NesActors.Cli.Hosting;
using NesActors.Cli.Settings;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Backup;
using NesActors.Core.Keys;

namespace NesActors.Cli.Commands;

/// <summary><c>nes backup</c>: the whole identity in one file under a passphrase.</summary>
internal static class BackupCommand
{
    public static Command Create(CommandContext context)
    {
        var file = new Option<string>("--out") { Required = true, HelpName = "FILE", Description = "The file to make; one that is there is not replaced" };
        var passphrase = PassphraseOptions.OfBackup(context);
        var quiet = CommonOptions.Quiet();
        var command = new Command("backup", "Put your keys, contacts, pins and history into one file, protected by a passphrase") { file, quiet, context.Options.Json };
        command.Add(passphrase.Descriptor);
        return context.Bind(command, (run, _) =>
        {
            Write(run, Path.GetFullPath(run.Get(file)!), passphrase, run.Get(quiet));
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Write(Invocation run, string file, PassphraseOptions options, bool quiet)
    {
        if (File.Exists(file)) throw CliException.Usage($"{file} is there already; name another");
        var settings = run.Settings;
        var archive = Collect(run, settings);
        var content = archive.ToBytes();
        var passphrase = options.ReadNew(run, $"the backup of {settings.User}");
        try
        {
            AtomicFile.Write(file, SealedFile.Seal(content, passphrase), FileModes.Private, replace: false);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
            CryptographicOperations.ZeroMemory(passphrase);
            foreach (var secret in archive.Keys.Values.Concat(archive.State.Values)) CryptographicOperations.ZeroMemory(secret);
        }
        if (quiet) return;
        run.Tell(
            [
                $"{settings.User}: {archive.Keys.Count} keys{(archive.State.Count == 0 ? "" : ", contacts, pins and history")} are in {file}",
                "Who has this file and the passphrase is you. Without the passphrase nobody can open it, you neither.",
                $"To use it elsewhere: nes restore {file}",
            ],
            ("user", settings.User.Value), ("file", file), ("keys", archive.Keys.Count), ("state", archive.State.Count > 0));
    }

    private static BackupArchive Collect(Invocation run, NesSettings settings)
    {
        var session = run.Session(settings);
        var keys = session.Keys();
        var suite = session.Suite();
        using (session.Identity(suite)) { }
        return new IdentityBackup(suite, settings.StateFolder, run.Environment.Clock).Collect(settings.User, keys, session.Entries(), session.Unlock()?.StoreWrap);
    }
}
