using System.CommandLine;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.AtRest;

/// <summary><c>nes keys unprotect</c>: takes the private keys and the store's key from under the passphrase.</summary>
internal static class UnprotectCommand
{
    public static Command Create(CommandContext context)
    {
        var quiet = CommonOptions.Quiet();
        var command = new Command("unprotect", "Take your private keys and messages from under the passphrase") { quiet, context.Options.Json };
        return context.Bind(command, (run, _) =>
        {
            var (session, isQuiet) = (run.Session(), run.Get(quiet));
            if (session.Unlock() is not { } keyring) throw CliException.Usage($"no passphrase protects the keys of {run.Settings.User}");
            session.Protection(isQuiet ? null : new ErrorLines(run.Error)).Unprotect(keyring);
            if (!isQuiet) run.Tell([$"No passphrase protects {run.Settings.User} any more: who gets your disk has your keys and messages."], ("user", run.Settings.User.Value), ("protected", false));
            return Task.FromResult(ExitCode.Done);
        });
    }
}
