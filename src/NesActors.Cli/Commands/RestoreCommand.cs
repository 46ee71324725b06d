using System.CommandLine;
using System.Security.Cryptography;
using NesActors.Cli.Hosting;
using NesActors.Cli.Settings;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;
using NesActors.Core.Backup;
using NesActors.Core.Keys;

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
        var passphrase = new PassphraseOptions();
        var quiet = CommonOptions.Quiet();
        var command = new Command("restore", "Put an identity from a backup in place") { file, force, quiet };
        passphrase.AddTo(command);
        return context.Bind(command, (run, _) =>
        {
            Restore(run, Path.GetFullPath(run.Get(file)!), run.Get(force), passphrase, run.Get(quiet));
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Restore(Invocation run, string file, bool force, PassphraseOptions options, bool quiet)
    {
        var archive = Open(run, file, options);
        var settings = run.SettingsOf(archive.User);
        if (!force && IdentityEntries.All(settings).Select(new SessionFactory(settings, run.Environment, run.Logging).Keys().PathOf).FirstOrDefault(File.Exists) is { } there)
            throw CliException.Usage($"{archive.User} has a key already: {there}; --force replaces it, and what was sent to it can then never be read");
        var session = new SessionFactory(settings, run.Environment, run.Logging);
        RefuseInUse(settings.StateFolder);
        try
        {
            if (archive.Keys.Keys.Except(IdentityEntries.All(settings)).FirstOrDefault() is { } unknown) throw CliException.Usage($"the backup holds a key that this program does not know: {unknown}");
            var before = new IdentityBackup(session.Suite(), settings.StateFolder, run.Environment.Clock).Restore(archive, session.Keys(keepExisting: !force));
            if (quiet) return;
            run.Out.WriteLine($"{archive.User} is restored, as it was on {archive.MadeAt.ToLocalTime():yyyy-MM-dd HH:mm}.");
            if (before is not null) run.Out.WriteLine($"What was known here before is in {before}");
            run.Out.WriteLine($"Next: nes doctor -u {archive.User}");
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

    private static BackupArchive Open(Invocation run, string file, PassphraseOptions options)
    {
        var sealedBytes = ReadFile(file);
        var passphrase = options.Read(run, file);
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
            CryptographicOperations.ZeroMemory(passphrase);
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
