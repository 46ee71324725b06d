using System.CommandLine;
using System.Globalization;
using NesActors.Cli.Bench;
using NesActors.Cli.Hosting;
using NesActors.Cli.Settings;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;
using NesActors.Plugins;

namespace NesActors.Cli.Commands.Bench;

/// <summary><c>nes bench transports</c>: how soon each transport delivers a frame, and how many a second.</summary>
internal static class BenchTransportsCommand
{
    private const int LargestFrame = 1024 * 1024;

    public static Command Create(CommandContext context)
    {
        var addresses = new Argument<string[]>("address") { HelpName = "ADDRESS", Arity = ArgumentArity.ZeroOrMore, Description = "Over what to measure, beside -b: mqtt://HOST, folder:///PATH; without any, MQTT by a broker of its own, and networks in memory" };
        var sizes = BenchOptions.Sizes("frames", BenchMailbox.LeastFrame, LargestFrame, 1000, 100_000);
        var seconds = BenchOptions.Seconds("frames of one length are sent one by one, and how long at once");
        var only = BenchOptions.Only("transports, by a name that they provide");
        var json = CommonOptions.Json();
        var command = new Command("transports", "Measure each transport: how soon a frame arrives, and how many a second, from one connection of this process to another") { addresses, sizes, seconds, only, json };
        return context.Bind(command, async (run, cancellation) =>
        {
            var rows = await MeasureAsync(run, run.Get(addresses) ?? [], run.Get(only) ?? [], run.Get(sizes)!, TimeSpan.FromSeconds(run.Get(seconds)), cancellation);
            if (run.Get(json)) WriteJson(rows, run.Out);
            else WriteTable(rows, run.Out);
            return rows.Select(row => row.ExitCode).FirstOrDefault(code => code != ExitCode.Done);
        });
    }

    private static async Task<IReadOnlyList<TransportFigures>> MeasureAsync(
        Invocation run, string[] addresses, string[] only, int[] sizes, TimeSpan time, CancellationToken cancellation)
    {
        var catalog = run.Plugins.Of(run.Reader().PluginFolders());
        var plugins = BenchPlugin.Of(catalog, PluginKind.Transport, only);
        // The broker of the settings is one that others use too: it is measured where it is asked for now.
        var given = run.Given.TryGetValue(SettingKeys.Broker.Name, out var broker) ? addresses.Append(broker) : addresses;
        List<TransportOptions> options = [.. given.Select(address => run.ReaderAt(address).Broker())];
        if (options.FirstOrDefault(one => !plugins.Any(plugin => plugin.Names.Contains(one.Address.Scheme))) is { } strange)
            throw CliException.Usage($"none of the transports to be measured takes the address {strange}; they take {string.Join(", ", plugins.SelectMany(plugin => plugin.Names))}");

        await using var places = new BenchAddresses(options);
        var (bench, rows) = (new TransportBench(run.Environment.Clock, time), new List<TransportFigures>());
        foreach (var plugin in plugins)
        {
            var found = await places.OfAsync(plugin, cancellation);
            foreach (var place in found) rows.AddRange(await bench.RunAsync(plugin.Id, () => catalog.Transport(place.Address.Scheme)(), place, sizes, cancellation));
            if (found.Count == 0) rows.Add(new TransportFigures(plugin.Names[0], plugin.Id) { Problem = $"not measured: give it an address, {plugin.Names[0]}://…", ExitCode = only.Length == 0 ? ExitCode.Done : ExitCode.Usage });
        }
        return rows;
    }

    private static void WriteTable(IEnumerable<TransportFigures> rows, TextWriter output) => TextTable.Write(
        output,
        ["transport", "frame bytes", "median µs", "99 % µs", "frames/s", "MB/s", "lost", "plugin and address"],
        rows.Select(row => row.Problem is { } problem
            ? [row.Transport, row.FrameBytes == 0 ? "-" : Number(row.FrameBytes), "-", "-", "-", "-", "-", $"{row.Plugin}: {TerminalText.Escape(problem.ReplaceLineEndings(" "))}"]
            : (string[])
            [
                row.Transport, Number(row.FrameBytes), Number(row.Median.TotalMicroseconds), Number(row.Slow.TotalMicroseconds), Number(row.FramesPerSecond),
                Number(row.FramesPerSecond * row.FrameBytes / 1e6), Number(row.Lost), $"{row.Plugin} {TerminalText.Escape(row.Address!.ToString())}",
            ]));

    private static void WriteJson(IEnumerable<TransportFigures> rows, TextWriter output)
    {
        foreach (var row in rows)
        {
            output.WriteLine(row.Problem is { } problem
                ? JsonLine.Of(("transport", row.Transport), ("plugin", row.Plugin), ("address", row.Address?.ToString()), ("error", problem))
                : JsonLine.Of(
                    ("transport", row.Transport), ("plugin", row.Plugin), ("address", row.Address!.ToString()), ("frame_bytes", row.FrameBytes), ("latency_median_microseconds", row.Median.TotalMicroseconds),
                    ("latency_99_microseconds", row.Slow.TotalMicroseconds), ("frames_per_second", row.FramesPerSecond), ("bytes_per_second", row.FramesPerSecond * row.FrameBytes), ("lost", row.Lost)));
        }
    }

    private static string Number(double value) => value.ToString(value is > 0 and < 10 && !double.IsInteger(value) ? "F1" : "F0", CultureInfo.InvariantCulture);
}
