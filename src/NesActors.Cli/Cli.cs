using System.CommandLine;
using System.CommandLine.Invocation;
using NesActors.Broker;
using NesActors.Cli.Commands;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;
using NesActors.Core.Attach;
using NesActors.Core.Hosting;
using NesActors.Core.Storage.State;
using NesActors.Directory;
using NesActors.Plugins;

namespace NesActors.Cli;

/// <summary>The one entry of the program: arguments in, exit code out, errors in one line on standard error.</summary>
internal static class Cli
{
    /// <summary>Ended by Ctrl-C or the system before it was done, as shells count it.</summary>
    public const int Interrupted = 130;

    /// <summary>A fault in the program itself.</summary>
    public const int Fault = 70;

    /// <summary>EPIPE of POSIX, as .NET tells it of a write.</summary>
    private const int BrokenPipe = 32;

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The arguments, without the program's name.</param>
    /// <param name="environment">Streams, variables, home folder, clock.</param>
    /// <param name="cancellation">Is cancelled when the person or the system wants it to end.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliEnvironment environment, CancellationToken cancellation)
    {
        var parse = NesCommand.Parse(environment, arguments);
        if (parse.Action is ParseErrorAction) return Explain(parse, environment);
        try
        {
            return await NesCommand.InvokeAsync(parse, environment, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (IOException error) when (error.HResult == BrokenPipe && !OperatingSystem.IsWindows())
        {
            // Whoever read the output has seen enough: `nes history bob | head -1`.
            return ExitCode.Done;
        }
        catch (Exception error)
        {
            var (code, line) = Describe(error);
            // It may quote a broker, a directory, or the name of a file.
            environment.Error.WriteLine($"nes: {TerminalText.Escape(line.ReplaceLineEndings(" "))}");
            if (code == Fault && GlobalOptions.IsVerbose(arguments)) environment.Error.WriteLine(error);
            return code;
        }
    }

    private static int Explain(ParseResult parse, CliEnvironment environment)
    {
        var command = parse.CommandResult.Command is RootCommand ? "nes" : $"nes {string.Join(' ', NesCommand.PathTo(parse.CommandResult))}";
        if (parse.Tokens.Count == 0)
        {
            environment.Error.WriteLine("nes: expected a command; see: nes --help");
            return ExitCode.Usage;
        }
        // "Required command was not provided" comes first even where a misspelt one was: the last error is the one that helps.
        var reason = string.Join(' ', parse.Errors[^1].Message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        environment.Error.WriteLine($"nes: {TerminalText.Escape(WithoutTypes(reason))}; see: {command} --help");
        return ExitCode.Usage;
    }

    /// <summary>The parser names the type of the program that a value was to become.</summary>
    private static string WithoutTypes(string reason)
    {
        var at = reason.IndexOf(" as expected type '", StringComparison.Ordinal);
        return at < 0 ? reason : reason[at..].Contains("Int", StringComparison.Ordinal) ? $"{reason[..at]}: expected a number" : reason[..at];
    }

    private static (int Code, string Line) Describe(Exception error) => error switch
    {
        CliException known => (known.ExitCode, known.Message),
        KeyException key => (ExitCode.Untrusted, key.Message),
        PluginException or NesConfigurationException or StateException or AttachException or GatewayException or DirectoryException or BrokerException => (ExitCode.Usage, error.Message),
        TransportException transport => (CodeOf(transport.Failure), transport.Message),
        IOException or UnauthorizedAccessException => (ExitCode.Usage, error.Message),
        _ => (Fault, $"fault in the program: {error.GetType().Name}: {error.Message} (--verbose shows where)"),
    };

    /// <summary>The exit code for a connection that could not be made.</summary>
    public static int CodeOf(TransportFailure failure) => failure switch
    {
        TransportFailure.Unreachable => ExitCode.Network,
        TransportFailure.Refused => ExitCode.Refused,
        TransportFailure.Untrusted => ExitCode.Untrusted,
        _ => ExitCode.Usage,
    };
}
