using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli;

/// <summary>Ends the command: one line for the person that says what to do, and the exit code.</summary>
internal sealed class CliException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit code, see <see cref="Contracts.FrontEnd.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The command, an option or a setting makes no sense.</summary>
    public static CliException Usage(string message) => new(Contracts.FrontEnd.ExitCode.Usage, message);

    /// <summary>There is no such file, user or key.</summary>
    public static CliException NotFound(string message) => new(Contracts.FrontEnd.ExitCode.NotFound, message);
}
