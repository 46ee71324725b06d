using NesActors.Contracts.Crypto;

namespace NesActors.Crypto.Nes2.Keys;

/// <summary>
/// A user's prekeys, in eight entries with fixed names: one is made each week and lives 14 days and 30 more, so that seven are there at most. Another program of the same user may renew
/// them: <see cref="Load"/> reads them again.
/// </summary>
internal sealed class PrekeyRing(IKeyStore keys, TimeProvider clock) : IDisposable
{
    private const int Slots = 8;
    private readonly Prekey?[] _slots = new Prekey?[Slots];
    private IReadOnlyDictionary<ulong, Prekey> _byKid = new Dictionary<ulong, Prekey>();

    /// <summary>The entries that they lie in.</summary>
    public static IReadOnlyList<string> Entries { get; } = [.. Enumerable.Range(0, Slots).Select(EntryOf)];

    /// <summary>Reads all that are there. One that is here already stays the same object: somebody may be opening with it.</summary>
    /// <exception cref="KeyException">One is damaged.</exception>
    public void Load()
    {
        for (var slot = 0; slot < Slots; slot++)
        {
            var read = Prekey.TryRead(keys, EntryOf(slot));
            var spare = read?.Kid == _slots[slot]?.Kid ? read : _slots[slot];
            if (spare != read) _slots[slot] = read;
            spare?.Dispose();
        }
        Index();
    }

    /// <summary>The prekey of a frame; <see langword="null"/> where it never was one, or is over.</summary>
    public Prekey? Find(ulong kid) => Volatile.Read(ref _byKid).TryGetValue(kid, out var prekey) && !prekey.IsOver(clock.GetUtcNow()) ? prekey : null;

    /// <summary>The one that others are to use: the newest, as long as it is not a week old. One from the future was made when the clock was wrong, and nobody would use it.</summary>
    public Prekey? Current()
    {
        var now = clock.GetUtcNow();
        var newest = _slots.OfType<Prekey>().Where(prekey => prekey.NotBefore <= now).MaxBy(prekey => prekey.NotBefore);
        return newest is not null && now - newest.NotBefore < Prekey.Rotation ? newest : null;
    }

    /// <summary>Makes another. Where no entry is free (the clock was far off), one from the future gives way, or the oldest.</summary>
    /// <exception cref="KeyException">It cannot be written.</exception>
    public Prekey Renew()
    {
        var slot = Array.FindIndex(_slots, prekey => prekey is null);
        var now = clock.GetUtcNow();
        if (slot < 0) slot = Enumerable.Range(0, Slots).MinBy(each => (_slots[each]!.NotBefore <= now, _slots[each]!.Expires));
        if (_slots[slot] is not null) keys.Erase(EntryOf(slot));
        var made = Prekey.Generate(now);
        made.Write(keys, EntryOf(slot));
        _slots[slot]?.Dispose();
        _slots[slot] = made;
        Index();
        return made;
    }

    /// <summary>Overwrites those that are over, here and in the store.</summary>
    /// <exception cref="KeyException">One cannot be erased.</exception>
    public void EraseOver()
    {
        var now = clock.GetUtcNow();
        for (var slot = 0; slot < Slots; slot++)
        {
            if (_slots[slot] is not { } prekey || !prekey.IsOver(now)) continue;
            keys.Erase(EntryOf(slot));
            prekey.Dispose();
            _slots[slot] = null;
        }
        Index();
    }

    public void Dispose()
    {
        foreach (var prekey in _slots) prekey?.Dispose();
    }

    private static string EntryOf(int slot) => $"nes2-prekey-{slot}";

    // Readers see the whole of the one or of the other.
    private void Index() => Volatile.Write(ref _byKid, _slots.OfType<Prekey>().DistinctBy(prekey => prekey.Kid).ToDictionary(prekey => prekey.Kid));
}
