using NesActors.Contracts;

namespace NesActors.Core.Storage.InMemory;

/// <summary>What was received, by sender and hash of its content: the newest million, so that memory has a bound.</summary>
internal sealed class SeenContents(int capacity = 1_000_000)
{
    private readonly HashSet<(Username Sender, UInt128 Hash)> _seen = [];
    private readonly Queue<(Username Sender, UInt128 Hash)> _order = new();

    /// <summary>Whether this is the first time.</summary>
    public bool TryAdd(Username sender, ReadOnlySpan<byte> contentHash)
    {
        // Half of a SHA-256: nobody but the sender could make two contents meet in 128 bits, and only to lose one of them.
        var entry = (sender, System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(contentHash));
        if (!_seen.Add(entry)) return false;
        _order.Enqueue(entry);
        if (_order.Count > capacity) _seen.Remove(_order.Dequeue());
        return true;
    }
}
