namespace NesActors.Cli.Bench;

/// <summary>How often a piece of work is done in a second: the middle of many short slices, between which others have theirs, so that all have the same weather.</summary>
internal sealed class Rate(TimeProvider clock, Action work)
{
    /// <summary>The length of a slice.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private readonly List<double> _rates = [];

    /// <summary>The middle of the slices so far.</summary>
    public double PerSecond => _rates.Order().ElementAt(_rates.Count / 2);

    public void RunSlice()
    {
        var begin = clock.GetTimestamp();
        var (count, passed) = (0, TimeSpan.Zero);
        while (passed < Slice)
        {
            work();
            count++;
            passed = clock.GetElapsedTime(begin);
        }
        _rates.Add(count / passed.TotalSeconds);
    }

    /// <summary>Forgets the slices in which code was still being compiled.</summary>
    public void Forget() => _rates.Clear();
}
