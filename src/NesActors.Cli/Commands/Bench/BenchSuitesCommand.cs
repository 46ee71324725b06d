using System.CommandLine;
using System.Globalization;
using NesActors.Cli.Bench;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Plugins;

namespace NesActors.Cli.Commands.Bench;

/// <summary><c>nes bench suites</c>: how fast each suite seals and opens, and how much it sends.</summary>
internal static class BenchSuitesCommand
{
    public static Command Create(CommandContext context)
    {
        var sizes = BenchOptions.Sizes("texts", 0, Message.MaxTextBytes, 1, 1000, 10_000);
        var seconds = BenchOptions.Seconds("each suite seals, and opens, texts of one length");
        var only = BenchOptions.Only("suites, by their names");
        var json = CommonOptions.Json();
        var command = new Command("suites", "Measure each suite on one core: seals and opens a second, bytes on the wire; its keys are made in memory, yours are not looked at") { sizes, seconds, only, json };
        return context.Bind(command, (run, cancellation) =>
        {
            var catalog = run.Plugins.Of(run.Reader().PluginFolders());
            var suites = BenchPlugin.Of(catalog, PluginKind.Suite, run.Get(only) ?? []).Select(plugin => (plugin, (Func<ICryptoSuite>)(() => catalog.Suite(plugin.Names[0])))).ToList();
            var figures = new SuiteBench(run.Environment.Clock, TimeSpan.FromSeconds(run.Get(seconds))).Run(suites, run.Get(sizes)!, cancellation);
            if (run.Get(json)) WriteJson(figures, run.Out);
            else WriteTable(figures, run.Out);
            return Task.FromResult(figures.Any(row => row.Problem is not null) ? ExitCode.Usage : ExitCode.Done);
        });
    }

    private static void WriteTable(IEnumerable<SuiteFigures> figures, TextWriter output) => TextTable.Write(
        output,
        ["suite", "text bytes", "frame bytes", "seals/s", "opens/s", "seal µs", "open µs", "keys ms", "plugin"],
        figures.Select(row => row.Problem is { } problem
            ? [row.Suite, Number(row.TextBytes), "-", "-", "-", "-", "-", "-", $"{row.Plugin}: {TerminalText.Escape(problem.ReplaceLineEndings(" "))}"]
            : (string[])
            [
                row.Suite, Number(row.TextBytes), Number(row.FrameBytes), Number(row.SealsPerSecond), Number(row.OpensPerSecond),
                Number(1e6 / row.SealsPerSecond), Number(1e6 / row.OpensPerSecond), Number(row.KeysMilliseconds), row.Plugin,
            ]));

    private static void WriteJson(IEnumerable<SuiteFigures> figures, TextWriter output)
    {
        foreach (var row in figures)
        {
            output.WriteLine(row.Problem is { } problem
                ? JsonLine.Of(("suite", row.Suite), ("plugin", row.Plugin), ("text_bytes", row.TextBytes), ("error", problem))
                : JsonLine.Of(
                    ("suite", row.Suite), ("plugin", row.Plugin), ("text_bytes", row.TextBytes), ("frame_bytes", row.FrameBytes), ("seals_per_second", row.SealsPerSecond),
                    ("opens_per_second", row.OpensPerSecond), ("seal_microseconds", 1e6 / row.SealsPerSecond), ("open_microseconds", 1e6 / row.OpensPerSecond), ("keys_milliseconds", row.KeysMilliseconds)));
        }
    }

    private static string Number(double value) => value.ToString(value is > 0 and < 10 && !double.IsInteger(value) ? "F1" : "F0", CultureInfo.InvariantCulture);
}
