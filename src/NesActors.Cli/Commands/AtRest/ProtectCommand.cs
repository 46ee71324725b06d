using System.CommandLine;
using System.Security.Cryptography;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.AtRest;

/// <summary><c>nes keys protect</c>: puts the private keys and the store's key under a passphrase, or finishes that.</summary>
internal static class ProtectCommand
{
    public static Command Create(CommandContext context)
    {
        var quiet = CommonOptions.Quiet();
        var command = new Command("protect", "Put your private keys and messages under a passphrase; it is asked for at each start") { quiet, context.Options.Json };
        return context.Bind(command, (run, _) =>
        {
            var (session, isQuiet) = (run.Session(), run.Get(quiet));
            var protection = session.Protection(isQuiet ? null : new ErrorLines(run.Error));
            if (session.Unlock() is { } keyring)
            {
                var isDone = !protection.InTheClear.Any();
                protection.Finish(keyring);
                if (!isQuiet) Tell(run, isDone ? $"A passphrase protects {run.Settings.User} already; to change it: nes keys passphrase" : $"What was in the clear of {run.Settings.User} is protected now.");
                return Task.FromResult(ExitCode.Done);
            }
            // Keys that cannot be used are better found out before.
            using (session.Identity(session.Suite())) { }
            var passphrase = run.Passphrase.ReadNew(run, $"the keys of {run.Settings.User}");
            try
            {
                protection.Protect(passphrase);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(passphrase);
            }
            if (isQuiet) return Task.FromResult(ExitCode.Done);
            Tell(
                run,
                $"A passphrase protects {run.Settings.User} now. Who forgets it has lost keys and messages: keep a backup elsewhere (nes backup).",
                "A disk may keep copies of what was erased, a flash disk above all, and so do backups and snapshots of it: keys that were never to lie in the clear are made anew with nes rotate.");
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Tell(Invocation run, params string[] sentences) => run.Tell(sentences, ("user", run.Settings.User.Value), ("protected", true));
}
