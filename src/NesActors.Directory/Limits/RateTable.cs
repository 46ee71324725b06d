namespace NesActors.Directory.Limits;

/// <summary>
/// One rate for each of many keys, by the generic cell rate algorithm (ITU-T I.371): of a key it keeps one number, the time at which all that was
/// taken is paid back. It never holds more than a fixed number of keys: when one generation is full, the one before it is forgotten, so that a
/// million addresses cost no more memory than fit, and the busy ones stay.
/// </summary>
/// <param name="rate">The rate.</param>
/// <param name="clock">Its timestamps count.</param>
/// <param name="capacity">How many keys a generation has.</param>
internal sealed class RateTable<TKey>(Rate rate, TimeProvider clock, int capacity = RateTable<TKey>.DefaultCapacity)
    where TKey : notnull
{
    private const int DefaultCapacity = 1 << 16;
    private const int ShardCount = 16;

    private readonly long _interval = ToTicks(rate.Interval, clock);
    private readonly long _tolerance = ToTicks(rate.Interval, clock) * (rate.Burst - 1);
    private readonly Shard[] _shards = [.. Enumerable.Range(0, ShardCount).Select(_ => new Shard(Math.Max(1, capacity / ShardCount)))];

    /// <summary>How many keys it holds.</summary>
    public int Count => _shards.Sum(shard => shard.Count);

    /// <summary>Takes one for a key.</summary>
    /// <param name="retryAfter">Where there is none: how long until there is.</param>
    public bool TryTake(TKey key, out TimeSpan retryAfter)
    {
        var wait = _shards[(key.GetHashCode() & int.MaxValue) % ShardCount].Take(key, clock.GetTimestamp(), _interval, _tolerance);
        retryAfter = wait > 0 ? TimeSpan.FromSeconds((double)wait / clock.TimestampFrequency) : TimeSpan.Zero;
        return wait <= 0;
    }

    private static long ToTicks(TimeSpan time, TimeProvider clock) => Math.Max(1, (long)(time.TotalSeconds * clock.TimestampFrequency));

    private sealed class Shard(int capacity)
    {
        private readonly Lock _lock = new();
        private Dictionary<TKey, long> _young = [];
        private Dictionary<TKey, long> _old = [];

        public int Count
        {
            get
            {
                lock (_lock) return _young.Count + _old.Count;
            }
        }

        public long Take(TKey key, long now, long interval, long tolerance)
        {
            lock (_lock)
            {
                var paid = _young.TryGetValue(key, out var young) || _old.TryGetValue(key, out young) ? Math.Max(young, now) : now;
                var wait = paid - now - tolerance;
                if (_young.Count >= capacity && !_young.ContainsKey(key)) (_old, _young) = (_young, []);
                // One who is refused stays remembered too.
                _young[key] = wait > 0 ? paid : paid + interval;
                return wait;
            }
        }
    }
}
