namespace NesActors.Core.Storage.InMemory;

/// <summary>Counts the frames that were taken and not yet looked through, up to a number of bytes.</summary>
internal sealed class Spool(long capacity)
{
    private readonly Dictionary<SpoolId, int> _sizes = [];
    private long _used;
    private long _last;

    public int Count => _sizes.Count;

    public SpoolId? TryAdd(int size)
    {
        if (_used + size > capacity && _sizes.Count > 0) return null;
        var id = new SpoolId(++_last);
        _sizes.Add(id, size);
        _used += size;
        return id;
    }

    public void Remove(SpoolId id)
    {
        if (_sizes.Remove(id, out var size)) _used -= size;
    }
}
