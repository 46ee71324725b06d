using System.CommandLine;
using NesActors.Cli.Hosting;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.AtRest;

/// <summary><c>nes keys publish</c>: what a session does by itself each hour, done now.</summary>
internal static class PublishCommand
{
    public static Command Create(CommandContext context)
    {
        var force = new Option<bool>("--force") { Description = "Let these keys take the place of those of another installation; contacts see changed keys" };
        var command = new Command("publish", "Publish now what you say for your suites; a session does it by itself") { force, context.Options.Json };
        return context.Bind(command, async (run, cancellation) =>
        {
            using var statements = new OwnStatements(run);
            var said = await statements.PutAsync((suites, _) => suites.Reading(), run.Get(force), cancellation);
            run.Tell(
                [$"{statements.Place} has what {run.Settings.User} says for suite {string.Join(", ", said)}."],
                ("user", run.Settings.User.Value), ("directory", statements.Place), ("suites", said));
            return ExitCode.Done;
        });
    }
}
