using System.CommandLine;

namespace NesActors.Cli.Commands.Bench;

/// <summary><c>nes bench</c>: sets plugins beside each other.</summary>
internal static class BenchCommand
{
    public static Command Create(CommandContext context) => new("bench", "Measure suites and transports, side by side") { BenchSuitesCommand.Create(context), BenchTransportsCommand.Create(context) };
}
