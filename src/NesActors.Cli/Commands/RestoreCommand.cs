using System.CommandLine;
using System.Security.Cryptography;
using NesActors.Cli.Hosting;
using NesActors.Cli.Settings;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;
using NesActors.Core.Backup;
using NesActors.Core.Protection;

namespace NesActors.Cli.Commands;

/// <summary><c>nes restore</c>: puts an identity from a backup in place.</summary>
internal static class RestoreCommand
{
    // A state of that size holds millions of messages.
    private const long MaxFile = 1L << 30;

    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "What nes backup made" };
        var force = new Option<bool>("--force") { Description = "Replace keys that are there; a state that is there is kept under another name" };
        var protect = new Option<bool>("--protect") { Description = "Put the private keys under the backup's passphrase; else they lie in the clear, readable by you alone" };
        var passphrase = PassphraseOptions.OfBackup(context);
        var quiet = CommonOptions.Quiet();
        var command = new Command("restore", "Put an identity from a backup in place") { file, force, protect, quiet, context.Options.Json };
        command.Add(passphrase.Descriptor);
        return context.Bind(command, (run, _) =>
        {
            var path = Path.GetFullPath(run.Get(file)!);
            var sealedBytes = ReadFile(path);
            var given = passphrase.Read(run, path);
            try
            {
                Restore(run, Open(path, sealedBytes, given), run.Get(force), run.Get(protect) ? given : null, run.Get(quiet));
            }
            finally
            {
                CryptographicOperations.ZeroMemory(given);
            }
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Restore(Invocation run, BackupArchive archive, bool force, byte[]? protection, bool quiet)
    {
        try
        {
            var settings = run.SettingsOf(archive.User);
            var session = run.Session(settings);
            if (!force && session.Entries().Append(Keyring.Entry).Select(session.Files().PathOf).FirstOrDefault(File.Exists) is { } there)
                throw CliException.Usage($"{archive.User} has a key already: {there}; --force replaces it, and what was sent to it can then never be read");
            RefuseInUse(settings.StateFolder);
            if (archive.Keys.Keys.Except(session.Entries()).FirstOrDefault() is { } unknown) throw CliException.Usage($"the backup holds a key that this program does not know: {unknown}");
            var before = new IdentityBackup(session.Suite(), settings.StateFolder, run.Environment.Clock).Restore(archive, session.Files(keepExisting: !force), protection);
            if (quiet) return;
            run.Tell(
                [
                    $"{archive.User} is restored, as it was on {archive.MadeAt.ToLocalTime():yyyy-MM-dd HH:mm}.",
                    before is null ? null : $"What was known here before is in {before}",
                    protection is null
                        ? $"No passphrase protects the keys here; to change that: nes keys protect -u {archive.User}"
                        : "The backup's passphrase protects the keys here too; to change it: nes keys passphrase",
                    $"Next: nes doctor -u {archive.User}",
                ],
                ("user", archive.User.Value), ("made_at", archive.MadeAt), ("protected", protection is not null), ("before", before));
        }
        finally
        {
            foreach (var secret in archive.Keys.Values.Concat(archive.State.Values)) CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>A session whose state is put aside would go on writing into it.</summary>
    private static void RefuseInUse(string folder)
    {
        if (!System.IO.Directory.Exists(folder)) return;
        using var held = StateLock.TryTake(folder) ?? throw CliException.Usage($"another nes uses {folder}: end it first");
    }

    private static BackupArchive Open(string file, byte[] sealedBytes, byte[] passphrase)
    {
        byte[]? content = null;
        try
        {
            content = SealedFile.Open(sealedBytes, passphrase)
                ?? throw new CliException(ExitCode.Untrusted, $"{file} cannot be opened: the passphrase is another, or the file was changed");
            return BackupArchive.Read(content);
        }
        catch (FormatException error)
        {
            throw new CliException(ExitCode.Untrusted, $"{file}: {error.Message}", error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static byte[] ReadFile(string file)
    {
        if (!File.Exists(file)) throw CliException.NotFound($"there is no file {file}");
        if (new FileInfo(file).Length > MaxFile) throw CliException.Usage($"{file} is larger than any backup");
        return File.ReadAllBytes(file);
    }
}
