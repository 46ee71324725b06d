using NesActors.Contracts;

namespace NesActors.Core.Storage.InMemory;

/// <summary>What waits to go out, in the order in which it was queued.</summary>
internal sealed class Outbox
{
    private readonly OrderedDictionary<MessageId, (OutgoingFrame? Frame, bool MayHaveLeft)> _entries = [];

    public bool Has(MessageId id) => _entries.ContainsKey(id);

    public void Add(MessageId id) => _entries.Add(id, (null, false));

    public (OutgoingFrame? Frame, bool MayHaveLeft)? Remove(MessageId id) => _entries.Remove(id, out var entry) ? entry : null;

    public void StoreFrame(MessageId id, OutgoingFrame frame)
    {
        if (_entries.ContainsKey(id)) _entries[id] = (frame, true);
    }

    public void NotSent(MessageId id)
    {
        if (_entries.TryGetValue(id, out var entry)) _entries[id] = entry with { MayHaveLeft = false };
    }

    public IEnumerable<OutboxEntry> All(Func<MessageId, StoredMessage> find) =>
        _entries.Select(entry => new OutboxEntry(find(entry.Key), entry.Value.Frame, entry.Value.MayHaveLeft));
}
