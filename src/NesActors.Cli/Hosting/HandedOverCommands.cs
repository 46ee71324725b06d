using System.CommandLine;
using NesActors.Cli.Commands;
using NesActors.Core.Attach.Wire;

namespace NesActors.Cli.Hosting;

/// <summary>
/// Runs the <c>send</c> of other processes of the same user in the one that runs the session, as if it had been typed here. Nothing is told of what is wrong with it: where it does not come as far as
/// the session, and where the session ends under it, the other process runs it again.
/// </summary>
/// <param name="own">The environment of this process.</param>
/// <param name="session">Its session.</param>
internal sealed class HandedOverCommands(CliEnvironment own, RunningHere session)
{
    /// <inheritdoc cref="Core.Attach.CommandRunner"/>
    public Task<int> RunAsync(CommandLine line, TextWriter output, TextWriter error, CancellationToken interrupted)
    {
        var environment = own with
        {
            In = new Lazy<TextReader>(() => throw new NotHandedOverException()),
            Out = output,
            Error = error,
            IsInteractive = false,
            AskSecret = null,
            Home = line.Home,
            SystemUser = line.SystemUser,
            Variables = line.Variables,
            WorkingFolder = line.WorkingFolder,
            FirstMessage = line.FirstMessage,
            HandedTo = session,
        };
        var parse = NesCommand.Parse(environment, line.Arguments);
        return parse.Errors.Count == 0 && parse.CommandResult.Command is { Name: "send" } send && parse.Action == send.Action
            ? NesCommand.InvokeAsync(parse, environment, interrupted)
            : throw new NotHandedOverException();
    }
}
