namespace NesActors.Benchmarks.Limits;

/// <summary>
/// How often a piece of work is done in a second of processor time, the middle of many short slices. Processor time, as <c>openssl speed</c>
/// counts too: what other programs take away does not count, and the collector's work does.
/// </summary>
internal sealed class Meter(Action work)
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);
    private readonly List<double> _rates = [];

    public double PerSecond => _rates.Order().ElementAt(_rates.Count / 2);

    public void RunSlice()
    {
        var begin = ProcessorTime();
        var end = begin;
        var count = 0;
        while (end - begin < Slice)
        {
            for (var i = 0; i < 8; i++) work();
            count += 8;
            end = ProcessorTime();
        }
        _rates.Add(count / (end - begin).TotalSeconds);
    }

    public void Forget() => _rates.Clear();

    private static TimeSpan ProcessorTime() => Environment.CpuUsage.TotalTime;
}
