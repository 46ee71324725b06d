namespace NesActors.Directory.LookUp;

/// <summary>
/// Which names have, or may have, a record: a set of hashes in 4 to 8 bytes a name, that only grows. What is not in it needs no query. Reading takes no
/// lock.
/// </summary>
internal sealed class KnownNames
{
    private const int Smallest = 1 << 12;

    private readonly Lock _adding = new();

    // Open addressing in a power of two; 0 is an empty place. Hashes are written once, and a grown table replaces the old one whole.
    private uint[] _places = new uint[Smallest];
    private int _count;

    /// <returns>False: there is no such name. True: there may be.</returns>
    public bool MayHold(uint hash)
    {
        var places = Volatile.Read(ref _places);
        return Volatile.Read(ref places[Find(places, NotZero(hash))]) != 0;
    }

    public void Add(uint hash)
    {
        hash = NotZero(hash);
        lock (_adding)
        {
            if (_count >= _places.Length / 4 * 3) Grow();
            ref var place = ref _places[Find(_places, hash)];
            if (place == hash) return;
            Volatile.Write(ref place, hash);
            _count++;
        }
    }

    private void Grow()
    {
        var grown = new uint[_places.Length * 2];
        foreach (var hash in _places)
        {
            if (hash != 0) grown[Find(grown, hash)] = hash;
        }
        Volatile.Write(ref _places, grown);
    }

    // Where the hash is, or would be. There is always an empty place.
    private static int Find(uint[] places, uint hash)
    {
        var mask = places.Length - 1;
        var at = (int)hash & mask;
        while (Volatile.Read(ref places[at]) is var there && there != 0 && there != hash) at = (at + 1) & mask;
        return at;
    }

    private static uint NotZero(uint hash) => hash == 0 ? 1 : hash;
}
