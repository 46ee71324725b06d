namespace NesActors.FrontEnd.Rest.Streams;

/// <summary>
/// The newest events of one identity, for all who read along: bounded by their number, by what they hold, and by their age, for what was deleted must not be read here much longer. Safe for several
/// threads.
/// </summary>
/// <param name="start">The newest position before the first event: what came before that is not here.</param>
/// <param name="clock">The time.</param>
internal sealed class EventRing(long start, TimeProvider clock)
{
    public const int MaxCount = 8192;
    public const int MaxBytes = 4 << 20;
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<(EventFrame Frame, long Since)> _frames = [];
    private int _first;
    private int _bytes;
    private long _floor = start;
    private long _newest = start;

    /// <summary>The newest position that came here.</summary>
    public long Newest
    {
        get { lock (_gate) return _newest; }
    }

    /// <summary>Takes the next event.</summary>
    public void Append(EventFrame frame)
    {
        lock (_gate)
        {
            _frames.Add((frame, clock.GetTimestamp()));
            _bytes += frame.Length;
            _newest = frame.Cursor;
            RemoveOld();
        }
    }

    /// <summary>Lets go of what has become too old.</summary>
    public void Expire()
    {
        lock (_gate) RemoveOld();
    }

    /// <summary>Takes events from behind a position: as many as hold so much, and one at least where there are any.</summary>
    /// <param name="position">The position.</param>
    /// <param name="maxBytes">How much they may hold.</param>
    /// <param name="frames">Where they are put.</param>
    /// <returns>The position behind them; <see langword="null"/> where this does not reach back so far.</returns>
    public long? Take(long position, int maxBytes, List<EventFrame> frames)
    {
        lock (_gate)
        {
            if (position < _floor) return null;
            var index = IndexBehind(position);
            for (var bytes = 0; index < _frames.Count; index++)
            {
                var frame = _frames[index].Frame;
                bytes += frame.Length;
                if (frames.Count > 0 && bytes > maxBytes) return frames[^1].Cursor;
                frames.Add(frame);
            }
            return Math.Max(position, _newest);
        }
    }

    private int IndexBehind(long position)
    {
        var (low, high) = (_first, _frames.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (_frames[middle].Frame.Cursor <= position) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void RemoveOld()
    {
        while (_first < _frames.Count && (_frames.Count - _first > MaxCount || _bytes > MaxBytes || clock.GetElapsedTime(_frames[_first].Since) >= MaxAge))
        {
            _floor = _frames[_first].Frame.Cursor;
            _bytes -= _frames[_first].Frame.Length;
            _frames[_first++] = default;
        }
        // Moved together when half of the room is empty, so that each is moved once on average.
        if (_first <= _frames.Count / 2) return;
        _frames.RemoveRange(0, _first);
        _first = 0;
        if (_frames.Count == 0) _frames.TrimExcess();
    }
}
