using System.CommandLine;

namespace NesActors.Cli.Commands;

/// <summary>What commands are made with.</summary>
internal sealed record CommandContext(CliEnvironment Environment, GlobalOptions Options)
{
    /// <summary>Says what a command does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="run">What it does; gives back the exit code.</param>
    /// <param name="severalIdentities">Whether it takes several configuration files, one for each identity.</param>
    public Command Bind(Command command, Func<Invocation, CancellationToken, Task<int>> run, bool severalIdentities = false)
    {
        command.SetAction(async (parse, cancellation) =>
        {
            using var invocation = new Invocation(parse, Environment, Options);
            if (!severalIdentities && invocation.ConfigFiles.Count > 1)
                throw CliException.Usage($"Option {Options.Config.Aliases.Single()} is for one configuration file; nes serve alone takes several; see: nes {string.Join(' ', NesCommand.PathTo(parse.CommandResult))} --help");
            return await run(invocation, cancellation);
        });
        return command;
    }
}
