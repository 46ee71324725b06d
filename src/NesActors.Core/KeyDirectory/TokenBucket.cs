namespace NesActors.Core.KeyDirectory;

/// <summary>Lets a number of things happen at once and a rate of them later.</summary>
/// <param name="clock">The time.</param>
/// <param name="perSecond">The rate.</param>
/// <param name="burst">The number.</param>
internal sealed class TokenBucket(TimeProvider clock, int perSecond, int burst)
{
    private double _tokens = burst;
    private long _last = clock.GetTimestamp();

    public bool TryTake()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(burst, _tokens + clock.GetElapsedTime(_last, now).TotalSeconds * perSecond);
        _last = now;
        if (_tokens < 1) return false;
        _tokens--;
        return true;
    }
}
