namespace NesActors.Core.Hosting;

/// <summary>Waits that double with each failure, up to a bound, each changed at random by a part of itself.</summary>
/// <param name="Min">The first wait.</param>
/// <param name="Max">The longest.</param>
/// <param name="Jitter">The part of a wait by which it may be longer or shorter, from 0 to 1.</param>
public readonly record struct Backoff(TimeSpan Min, TimeSpan Max, double Jitter)
{
    /// <summary>Whether the three fit together.</summary>
    public bool IsValid => Min > TimeSpan.Zero && Max >= Min && Jitter is >= 0 and <= 1;

    /// <summary>The wait after a number of failures in a row.</summary>
    /// <param name="failures">From 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan Delay(int failures, double random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        var doubled = Min * Math.Pow(2, Math.Min(failures - 1, 30));
        var bounded = doubled < Max ? doubled : Max;
        return bounded * (1 + Jitter * (2 * random - 1));
    }
}
