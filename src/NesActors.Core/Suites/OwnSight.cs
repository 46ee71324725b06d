using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Suites;

/// <summary>What this user says for a suite over the anchor.</summary>
internal sealed record OwnStatement(string Text, Fingerprint Keys, long Revision);

/// <summary>What this user says for suites over the anchor that are used, and what others see of it at the key directory.</summary>
/// <param name="Mine">What is said here, by the suite.</param>
/// <param name="Shown">The revisions of what the directory shows under the same keys, by the suite.</param>
/// <param name="Absent">The suites for which the directory has the user's record and no statement at all: it cannot carry any, or strips them, or none is published yet.</param>
internal sealed record OwnSight(IReadOnlyDictionary<string, OwnStatement> Mine, IReadOnlyDictionary<string, long> Shown, IReadOnlySet<string> Absent)
{
    public static readonly OwnSight None = new(new Dictionary<string, OwnStatement>(), new Dictionary<string, long>(), new HashSet<string>());

    /// <summary>The suites for which a contact can verify what this user sends: the directory shows the keys, or the contact has said that they see them.</summary>
    public IReadOnlySet<string> SeenBy(Capabilities? contact) => Shown.Keys.Concat(Mine.Keys.Where(suite => IsSeen(contact, suite, revision: 0))).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a contact has said that they see these keys, by a statement of that revision or a later one.</summary>
    public bool IsSeen(Capabilities? contact, string suite, long revision) =>
        contact?.Sees is { } sees && sees.TryGetValue(suite, out var seen) && Mine.TryGetValue(suite, out var mine) && seen.Keys == mine.Keys && seen.Revision >= revision;

    /// <summary>What a message to a contact has to carry: what no directory carries, to those alone who tell what they see, until they see it.</summary>
    /// <returns>Null where that is nothing.</returns>
    public IReadOnlyDictionary<string, string>? For(Capabilities contact)
    {
        if (contact.Sees is null) return null;
        var carried = Mine.Where(mine => Absent.Contains(mine.Key) && !IsSeen(contact, mine.Key, mine.Value.Revision)).Take(Capabilities.MaxStatements).ToDictionary(mine => mine.Key, mine => mine.Value.Text);
        return carried.Count == 0 ? null : carried;
    }
}
