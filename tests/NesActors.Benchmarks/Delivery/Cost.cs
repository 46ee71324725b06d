using System.Diagnostics;
using System.Globalization;
using NesActors.Testing;

namespace NesActors.Benchmarks.Delivery;

/// <summary>What a number of messages cost, on the clock and in processor time: with other work on the same cores, only the latter tells of the messages.</summary>
internal sealed class Cost(MosquittoServer broker)
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly TimeSpan _here = Environment.CpuUsage.TotalTime;
    private readonly TimeSpan _there = broker.ProcessorTime;
    private TimeSpan _time;
    private TimeSpan _ours;
    private TimeSpan _brokers;

    public int Count { get; set; }

    /// <summary>Messages a second.</summary>
    public double Rate => Count / _time.TotalSeconds;

    /// <summary>Of a message, the broker's included.</summary>
    public TimeSpan ProcessorTime => (_ours + _brokers) / Count;

    public void Stop() => (_time, _ours, _brokers) = (Stopwatch.GetElapsedTime(_began), Environment.CpuUsage.TotalTime - _here, broker.ProcessorTime - _there);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Count} in {_time.TotalSeconds:F1} s, {Rate:F0}/s; processor time of each {_ours.TotalMicroseconds / Count:F0} µs here, {_brokers.TotalMicroseconds / Count:F0} µs at the broker");
}
