using System.CommandLine;
using System.Security.Cryptography;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.AtRest;

/// <summary><c>nes keys passphrase</c>: another passphrase for the same keys. One file is written; no message is sealed again.</summary>
internal static class ChangePassphraseCommand
{
    public static Command Create(CommandContext context)
    {
        var next = new PassphraseOptions(
            "--new-passphrase-fd", "NES_NEW_PASSPHRASE", "Read the new passphrase from this file descriptor, its first line; else from NES_NEW_PASSPHRASE, else you are asked");
        var quiet = CommonOptions.Quiet();
        var command = new Command("passphrase", "Change the passphrase of your keys") { next.Descriptor, quiet, context.Options.Json };
        return context.Bind(command, (run, _) =>
        {
            if (run.Session().Unlock() is not { } keyring) throw CliException.Usage($"no passphrase protects the keys of {run.Settings.User}; to change that: nes keys protect");
            var passphrase = next.ReadNew(run, $"the keys of {run.Settings.User}");
            try
            {
                keyring.ChangePassphrase(passphrase);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(passphrase);
            }
            if (run.Get(quiet)) return Task.FromResult(ExitCode.Done);
            run.Tell(
                [$"The keys of {run.Settings.User} have another passphrase now.", "The old one still opens copies of the old file: if somebody may have both, change the keys too (nes rotate)."],
                ("user", run.Settings.User.Value), ("protected", true));
            return Task.FromResult(ExitCode.Done);
        });
    }
}
