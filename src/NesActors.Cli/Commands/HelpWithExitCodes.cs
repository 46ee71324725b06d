using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NesActors.Cli.Commands;

/// <summary>The help, and below that of the program the exit codes: a script needs them.</summary>
internal sealed class HelpWithExitCodes(HelpAction help, RootCommand root) : SynchronousCommandLineAction
{
    private const string ExitCodes = """
        Exit codes:
          0    done
          1    the command, an option or a setting makes no sense
          2    no such user, file or key
          3    broker or directory not reached; nothing was sent
          4    a key or an answer is not to be trusted
          5    refused by the other side
          6    the connection broke after the message had left: it may have arrived
          70   a fault in the program
          130  interrupted

        Settings: an option goes before the environment, the environment before the configuration file, the file before the default.
        """;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command == root) parseResult.InvocationConfiguration.Output.WriteLine(ExitCodes);
        return result;
    }
}
