using System.Globalization;

namespace NesActors.Benchmarks.Limits;

/// <summary>Pairs of a limit and what is measured against it, in turns, so that all have the same weather.</summary>
internal sealed class Comparison
{
    private readonly List<(string Name, Meter Limit, Meter Suite)> _pairs = [];

    public void Add(string name, Action limit, Action suite) => _pairs.Add((name, new Meter(limit), new Meter(suite)));

    /// <summary>Measures, and prints a line for each pair.</summary>
    /// <param name="seconds">Of processor time, in all.</param>
    public void Run(int seconds)
    {
        Meter[] all = [.. _pairs.SelectMany(pair => (Meter[])[pair.Limit, pair.Suite])];
        Measure(all, rounds: 10); // so that all code is compiled and optimised
        foreach (var meter in all) meter.Forget();
        Measure(all, rounds: Math.Max(1, seconds * 1000 / 50 / all.Length));
        foreach (var (name, limit, suite) in _pairs)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name,-38} limit {limit.PerSecond,7:F0}/s   suite {suite.PerSecond,7:F0}/s   ratio {suite.PerSecond / limit.PerSecond:F3}"));
        }
    }

    private static void Measure(Meter[] meters, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            foreach (var meter in meters) meter.RunSlice();
        }
    }
}
