namespace NesActors.FrontEnd.Rest.Access.Limits;

/// <summary>
/// A token bucket for each of many keys. Of a bucket one number is kept, the time at which it will be full again (the generic cell rate algorithm, ITU-T I.371). The library's own
/// (System.Threading.RateLimiting) keeps an object and a turn of a timer for each key that was seen; here a key more costs nothing once the table is full: the half that was not busy lately is
/// forgotten, and its buckets are full again.
/// </summary>
/// <param name="burst">How many a full bucket has, from 1.</param>
/// <param name="interval">The time after which one more is there.</param>
/// <param name="clock">Its timestamps count.</param>
/// <param name="capacity">Twice as many keys are held at most.</param>
internal sealed class TokenBuckets<TKey>(int burst, TimeSpan interval, TimeProvider clock, int capacity)
    where TKey : notnull
{
    private readonly long _interval = Math.Max(1, (long)(interval.TotalSeconds * clock.TimestampFrequency));
    private readonly Lock _turn = new();
    private Dictionary<TKey, long> _busy = [];
    private Dictionary<TKey, long> _older = [];

    /// <summary>How many keys it holds.</summary>
    public int Count
    {
        get
        {
            lock (_turn) return _busy.Count + _older.Count;
        }
    }

    /// <summary>Takes one out of a key's bucket.</summary>
    /// <param name="key">The key.</param>
    /// <param name="retryAfter">Where it is empty: how long until it is not.</param>
    public bool TryTake(TKey key, out TimeSpan retryAfter)
    {
        lock (_turn)
        {
            var now = clock.GetTimestamp();
            var full = _busy.TryGetValue(key, out var known) || _older.TryGetValue(key, out known) ? Math.Max(known, now) : now;
            var missing = full - now - (_interval * (burst - 1));
            if (_busy.Count >= capacity && !_busy.ContainsKey(key)) (_older, _busy) = (_busy, []);
            // Who is refused is remembered too.
            _busy[key] = missing > 0 ? full : full + _interval;
            retryAfter = missing > 0 ? TimeSpan.FromSeconds((double)missing / clock.TimestampFrequency) : TimeSpan.Zero;
            return missing <= 0;
        }
    }
}
