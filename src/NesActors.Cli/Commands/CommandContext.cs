using System.CommandLine;

namespace NesActors.Cli.Commands;

/// <summary>What commands are made with.</summary>
internal sealed record CommandContext(CliEnvironment Environment, GlobalOptions Options)
{
    /// <summary>Says what a command does.</summary>
    public Command Bind(Command command, Func<Invocation, CancellationToken, Task<int>> run)
    {
        command.SetAction(async (parse, cancellation) =>
        {
            using var invocation = new Invocation(parse, Environment, Options);
            return await run(invocation, cancellation);
        });
        return command;
    }
}
