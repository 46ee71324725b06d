using NesActors.Contracts;

namespace NesActors.Core.Storage.InMemory;

/// <summary>The newest messages, by id and by contact.</summary>
internal sealed class MessageTable(int capacityPerContact = 10_000)
{
    private readonly Dictionary<MessageId, StoredMessage> _byId = [];
    private readonly Dictionary<Username, List<MessageId>> _byContact = [];

    public StoredMessage? Find(MessageId id) => _byId.GetValueOrDefault(id);

    public void Add(StoredMessage message)
    {
        _byId.Add(message.Id, message);
        if (!_byContact.TryGetValue(message.Contact, out var ids)) _byContact.Add(message.Contact, ids = []);
        ids.Add(message.Id);
        if (ids.Count <= capacityPerContact) return;

        // A tenth at once, so that making room costs little per message. What still waits to go out stays.
        var oldest = ids.Take(capacityPerContact / 10).Where(id => _byId[id].State != MessageState.Queued).ToHashSet();
        ids.RemoveAll(oldest.Contains);
        foreach (var id in oldest) _byId.Remove(id);
    }

    public void Replace(StoredMessage message) => _byId[message.Id] = message;

    public void MarkRead(Username contact, MessageId? upTo)
    {
        var ids = _byContact.GetValueOrDefault(contact) ?? [];
        var count = upTo is { } last ? ids.IndexOf(last) + 1 : ids.Count;
        foreach (var id in ids.Take(count))
        {
            if (_byId[id].State == MessageState.Received) _byId[id] = _byId[id] with { State = MessageState.Read };
        }
    }

    /// <summary>All with a contact, the oldest first.</summary>
    public IEnumerable<StoredMessage> With(Username contact) => (_byContact.GetValueOrDefault(contact) ?? []).Select(id => _byId[id]);

    /// <summary>The last of those between two, or, where there is a first to begin behind, the first of them; the oldest first.</summary>
    public IReadOnlyList<StoredMessage> Page(Username contact, MessageId? before, MessageId? after, int limit)
    {
        var ids = _byContact.GetValueOrDefault(contact) ?? [];
        var end = before is { } id ? ids.IndexOf(id) : ids.Count;
        if (end < 0 || (after is { } first && !ids.Contains(first))) return [];
        var between = ids.Take(end).Skip(after is { } last ? ids.IndexOf(last) + 1 : 0);
        return [.. (after is null ? between.TakeLast(limit) : between.Take(limit)).Select(found => _byId[found])];
    }

    /// <summary>Those that hold a text, the newest first.</summary>
    public IReadOnlyList<StoredMessage> Search(string text, Username? contact, MessageId? before, int limit)
    {
        var all = contact is { } one ? _byContact.GetValueOrDefault(one) ?? [] : _byId.Values.OrderBy(message => message.RecordedAt).Select(message => message.Id);
        if (before is { } last && !_byId.ContainsKey(last)) return [];
        return
        [
            .. all.TakeWhile(id => id != before).Select(id => _byId[id]).Reverse()
                .Where(message => message.Text.Contains(text, StringComparison.OrdinalIgnoreCase)).Take(limit),
        ];
    }

    /// <returns>Those that were deleted.</returns>
    public IReadOnlySet<MessageId> Delete(Username contact, Func<StoredMessage, bool> which)
    {
        var ids = _byContact.GetValueOrDefault(contact) ?? [];
        var deleted = ids.Where(id => which(_byId[id])).ToHashSet();
        ids.RemoveAll(deleted.Contains);
        foreach (var id in deleted) _byId.Remove(id);
        return deleted;
    }

    public int Unread(Username contact) => (_byContact.GetValueOrDefault(contact) ?? []).Count(id => _byId[id].State == MessageState.Received);
}
