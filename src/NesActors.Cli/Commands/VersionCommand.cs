using System.CommandLine;
using System.Reflection;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands;

/// <summary><c>nes version</c>.</summary>
internal static class VersionCommand
{
    /// <summary>The program's version, <c>0.1.0</c> for instance.</summary>
    public static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static Command Create(CommandContext context) => context.Bind(new Command("version", "Application version") { context.Options.Json }, (run, _) =>
    {
        run.Tell([Version], ("version", Version));
        return Task.FromResult(ExitCode.Done);
    });
}
