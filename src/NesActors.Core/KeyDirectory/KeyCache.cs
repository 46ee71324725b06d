using NesActors.Contracts;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol;

namespace NesActors.Core.KeyDirectory;

/// <summary>
/// The directory's latest answers, each until it expires. Where there are too many, the oldest leave, and those that are no keys before all others: a stranger can make up any number
/// of names. Keys that leave are not disposed: a conversation may still hold them.
/// </summary>
internal sealed class KeyCache(TimeProvider clock, int capacity)
{
    private readonly Dictionary<Username, Entry> _entries = [];

    /// <summary>An answer that is still good.</summary>
    public Replies? Fresh(Username user) =>
        _entries.TryGetValue(user, out var entry) && clock.GetUtcNow() < entry.FreshUntil ? entry.Answer : null;

    /// <summary>Keys that are no longer fresh, and good enough while the directory does not answer.</summary>
    public Replies? Stale(Username user) =>
        _entries.TryGetValue(user, out var entry) && entry.Answer is Replies.Found && clock.GetUtcNow() < entry.StaleUntil ? entry.Answer : null;

    public void Put(Username user, Replies answer, TimeSpan fresh, TimeSpan stale)
    {
        var now = clock.GetUtcNow();
        var usable = (answer as Replies.Found)?.GoodUntil ?? DateTimeOffset.MaxValue;
        _entries[user] = new Entry(answer, now, Earlier(now + fresh, usable), Earlier(now + fresh + stale, usable));
        if (_entries.Count > capacity) _entries.Remove(_entries.MinBy(entry => (entry.Value.Answer is Replies.Found, entry.Value.PutAt)).Key);
    }

    /// <summary>Puts the same answer, read otherwise, in the place of the one that is there; no longer good than that.</summary>
    public void Replace(Username user, Replies.Found answer)
    {
        if (!_entries.TryGetValue(user, out var entry)) return;
        var usable = answer.GoodUntil ?? DateTimeOffset.MaxValue;
        _entries[user] = entry with { Answer = answer, FreshUntil = Earlier(entry.FreshUntil, usable), StaleUntil = Earlier(entry.StaleUntil, usable) };
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private sealed record Entry(Replies Answer, DateTimeOffset PutAt, DateTimeOffset FreshUntil, DateTimeOffset StaleUntil);
}
