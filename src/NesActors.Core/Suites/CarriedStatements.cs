using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Suites;

/// <summary>What somebody says for suites, carried by their messages in place of a key directory: read as if it stood in their record.</summary>
internal static class CarriedStatements
{
    /// <summary>The record with the carried statements in the places that are empty, and the suites of which that is so.</summary>
    public static (PublicRecord Record, IReadOnlySet<string> Carried) Merge(PublicRecord record, IReadOnlyDictionary<string, string>? statements)
    {
        var missing = (statements ?? new Dictionary<string, string>()).Where(each => !record.Entries.ContainsKey(PublicRecord.StatementOf(each.Key))).ToList();
        if (missing.Count == 0) return (record, new HashSet<string>());
        var entries = new Dictionary<string, string>(record.Entries, StringComparer.Ordinal);
        foreach (var (suite, text) in missing) entries[PublicRecord.StatementOf(suite)] = text;
        return (record with { Entries = entries }, missing.Select(each => each.Key).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The newest of what was known and what is told now; of the latter, what holds under the keys of the record alone.</summary>
    /// <param name="suite">Reads it.</param>
    /// <param name="record">The keys that proved the message.</param>
    /// <param name="known">What was known.</param>
    /// <param name="told">What the message says.</param>
    public static IReadOnlyDictionary<string, string> Newest(ICryptoSuite suite, PublicRecord record, IReadOnlyDictionary<string, string>? known, IReadOnlyDictionary<string, string> told)
    {
        var newest = new Dictionary<string, string>(known ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (id, text) in told)
        {
            if (newest.GetValueOrDefault(id) != text && RevisionOf(suite, record, id, text) is { } revision
                && !(newest.TryGetValue(id, out var before) && RevisionOf(suite, record, id, before) >= revision)) newest[id] = text;
        }
        return newest;
    }

    private static long? RevisionOf(ICryptoSuite suite, PublicRecord record, string id, string text)
    {
        var entries = new Dictionary<string, string>(record.Entries, StringComparer.Ordinal) { [PublicRecord.StatementOf(id)] = text };
        try
        {
            using var keys = suite.ReadPeer(record with { Entries = entries });
            return keys.Offers()?.FirstOrDefault(offer => offer.Suite == id)?.Revision;
        }
        catch (KeyException)
        {
            return null;
        }
    }
}
