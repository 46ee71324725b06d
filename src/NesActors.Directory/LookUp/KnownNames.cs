namespace NesActors.Directory.LookUp;

/// <summary>
/// Which names have, or may have, a record, and where it stands: a set of hashes with the ids of their users in 8 to 16 bytes a name, that only grows. What is
/// not in it needs no query. Reading takes no lock.
/// </summary>
internal sealed class KnownNames
{
    private const int Smallest = 1 << 12;

    private readonly Lock _adding = new();

    // Open addressing in a power of two: the hash in the upper half of a place, the id in the lower; 0 is an empty place. A grown table replaces the old one whole.
    private ulong[] _places = new ulong[Smallest];
    private int _count;

    /// <param name="hash">Of the name.</param>
    /// <param name="id">
    /// The id of the user who has the name, unless it is of another name with that hash, or of one that is no more: to be checked. 0 where it is not known.
    /// </param>
    /// <returns>False: there is no such name. True: there may be.</returns>
    public bool MayHold(uint hash, out uint id)
    {
        var places = Volatile.Read(ref _places);
        var place = Volatile.Read(ref places[Find(places, NotZero(hash))]);
        id = (uint)place;
        return place != 0;
    }

    /// <summary>Adds a name.</summary>
    /// <param name="hash">Of the name.</param>
    /// <param name="id">Of its user; 0 where it is not known, which leaves what was known.</param>
    public void Add(uint hash, long id)
    {
        hash = NotZero(hash);
        lock (_adding)
        {
            if (_count >= _places.Length / 4 * 3) Grow();
            ref var place = ref _places[Find(_places, hash)];
            if (place == 0) _count++;
            var known = id is > 0 and <= uint.MaxValue ? (uint)id : (uint)place;
            Volatile.Write(ref place, (ulong)hash << 32 | known);
        }
    }

    private void Grow()
    {
        var grown = new ulong[_places.Length * 2];
        foreach (var place in _places)
        {
            if (place != 0) grown[Find(grown, HashOf(place))] = place;
        }
        Volatile.Write(ref _places, grown);
    }

    // Where the hash is, or would be. There is always an empty place.
    private static int Find(ulong[] places, uint hash)
    {
        var mask = places.Length - 1;
        var at = (int)hash & mask;
        while (Volatile.Read(ref places[at]) is var there && there != 0 && HashOf(there) != hash) at = (at + 1) & mask;
        return at;
    }

    private static uint HashOf(ulong place) => (uint)(place >> 32);

    private static uint NotZero(uint hash) => hash == 0 ? 1 : hash;
}
