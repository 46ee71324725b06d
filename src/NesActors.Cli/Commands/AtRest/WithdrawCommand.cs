using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.FrontEnd;
using NesActors.Core.Attach;

namespace NesActors.Cli.Commands.AtRest;

/// <summary><c>nes keys withdraw</c>: takes back what the user says for suites over the lowest one. The keys stay.</summary>
internal static class WithdrawCommand
{
    public static Command Create(CommandContext context)
    {
        var remove = new Option<bool>("--remove") { Description = "Take it out of the directory, without a word by its keys: for keys that are lost. Contacts who saw them can send nothing until they agree to that" };
        var command = new Command("withdraw", "Say that you do not use better suites than nes1 any more; contacts go back to it by themselves") { remove, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            // Who runs a session would say it again within the hour.
            using var held = StateLock.TryTake(run.Settings.StateFolder) ?? throw CliException.Usage($"another nes uses {run.Settings.StateFolder}: end it first; it would say again what you take back");
            using var statements = new OwnStatements(run);
            var isRemoved = run.Get(remove);
            var said = isRemoved ? await statements.RemoveAsync(cancellation) : await statements.PutAsync((suites, keys) => suites.Leaving(keys), force: false, cancellation);
            var names = string.Join(", ", said);
            run.Tell(
                [
                    isRemoved ? $"{statements.Place} has nothing any more that {run.Settings.User} says for suite {names}." : $"{statements.Place} shows that {run.Settings.User} does not use suite {names} any more.",
                    $"Run your sessions with --suite nes1 (NES_SUITE=nes1 in the configuration): one that has suite {names} says it again.",
                ],
                ("user", run.Settings.User.Value), ("directory", statements.Place), ("suites", said), ("removed", isRemoved));
            return ExitCode.Done;
        });
    }
}
