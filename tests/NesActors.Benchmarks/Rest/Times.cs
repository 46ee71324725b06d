using System.Diagnostics;
using System.Globalization;

namespace NesActors.Benchmarks.Rest;

/// <summary>How long each of many things took.</summary>
internal sealed class Times
{
    private readonly List<TimeSpan> _all = [];

    public int Count => _all.Count;

    /// <param name="began">A timestamp of <see cref="Stopwatch"/>.</param>
    public void Add(long began) => _all.Add(Stopwatch.GetElapsedTime(began));

    public void Add(Times others) => _all.AddRange(others._all);

    public override string ToString()
    {
        _all.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5):F1} ms, p99 {At(0.99):F1} ms, longest {At(1):F1} ms");
    }

    private double At(double part) => _all[Math.Min(_all.Count - 1, (int)(_all.Count * part))].TotalMilliseconds;
}
