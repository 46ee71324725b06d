using NesActors.Contracts;

namespace NesActors.Core.Storage;

/// <summary>
/// Counts the frames in the spool, up to a number of bytes. Of these, half at most goes to frames that wait for the keys of somebody who is no contact, and
/// of that an eighth to each name: whoever sends junk under one name shuts nobody else out, and under many names no contact. However small the spool is, one frame may wait.
/// Each name that waits has a conversation in memory: there are <see cref="MaxHeldSenders"/> of them at most.
/// </summary>
/// <param name="capacity">How many bytes of frames wait at most. One frame always fits, however large.</param>
internal sealed class SpoolAccount(long capacity)
{
    /// <summary>How many people who are no contacts may have frames that wait for their keys.</summary>
    public const int MaxHeldSenders = 2000;

    private readonly Lock _gate = new();
    private readonly Dictionary<SpoolId, int> _sizes = [];
    private readonly Dictionary<SpoolId, Username> _held = [];
    private readonly Dictionary<Username, Waiting> _bySender = [];
    private long _used;
    private long _heldTotal;
    private int _coming;

    public int Count
    {
        get { lock (_gate) return _sizes.Count; }
    }

    /// <summary>Takes room for a frame that is about to be written.</summary>
    public bool TryReserve(int size)
    {
        lock (_gate)
        {
            if (_used + size > capacity && _sizes.Count + _coming > 0) return false;
            _used += size;
            _coming++;
            return true;
        }
    }

    /// <summary>The frame was not written after all.</summary>
    public void Release(int size)
    {
        lock (_gate)
        {
            _used -= size;
            _coming--;
        }
    }

    /// <summary>The frame was written.</summary>
    public void Keep(SpoolId id, int size)
    {
        lock (_gate)
        {
            _sizes.Add(id, size);
            _coming--;
        }
    }

    /// <summary>The frame is in the spool since an earlier session.</summary>
    public void Restore(SpoolId id, int size)
    {
        lock (_gate)
        {
            _sizes.Add(id, size);
            _used += size;
        }
    }

    /// <summary>The frame waits for this sender's keys.</summary>
    /// <returns>Frames of the same sender that must go, the oldest first; they still count until they are removed.</returns>
    public IReadOnlyList<SpoolId> Hold(SpoolId id, Username sender)
    {
        lock (_gate)
        {
            if (!_sizes.TryGetValue(id, out var size) || !_held.TryAdd(id, sender)) return [];
            if (!_bySender.TryGetValue(sender, out var waiting)) _bySender.Add(sender, waiting = new Waiting());
            waiting.Ids.Add(id.Value);
            Add(waiting, size);
            var tooMany = new List<SpoolId>();
            while (waiting.Ids.Count > 0 && (_bySender.Count > MaxHeldSenders
                || (waiting.Bytes > capacity / 16 && waiting.Ids.Count > 1)
                || (_heldTotal > capacity / 2 && _held.Count > 1)))
            {
                var oldest = new SpoolId(waiting.Ids.Min);
                LetGo(oldest, _sizes[oldest]);
                tooMany.Add(oldest);
            }
            return tooMany;
        }
    }

    /// <summary>The frame has left the spool.</summary>
    public void Remove(SpoolId id)
    {
        lock (_gate)
        {
            if (!_sizes.Remove(id, out var size)) return;
            _used -= size;
            LetGo(id, size);
        }
    }

    private void LetGo(SpoolId id, int size)
    {
        if (!_held.Remove(id, out var sender)) return;
        var waiting = _bySender[sender];
        waiting.Ids.Remove(id.Value);
        Add(waiting, -size);
        if (waiting.Ids.Count == 0) _bySender.Remove(sender);
    }

    private void Add(Waiting waiting, int size)
    {
        waiting.Bytes += size;
        _heldTotal += size;
    }

    private sealed class Waiting
    {
        public SortedSet<long> Ids { get; } = [];

        public long Bytes { get; set; }
    }
}
