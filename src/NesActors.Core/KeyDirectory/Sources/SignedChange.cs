using NesActors.Contracts.Crypto;
using NesActors.Records;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Whether the owner of some keys signed for others, step by step.</summary>
internal static class SignedChange
{
    /// <summary>
    /// Whether the newest record of a history has the one keys, and leads back to the others by changes alone that were each signed by the keys before: no recovery by mail, no revocation
    /// in between.
    /// </summary>
    /// <param name="records">The history, checked (<see cref="HistoryResult.Found"/>).</param>
    /// <param name="from">The keys that are trusted.</param>
    /// <param name="to">Those that the directory shows now.</param>
    /// <param name="fingerprintOf">The fingerprint of a record's keys; null where they must not be used.</param>
    public static bool Leads(IReadOnlyList<HistoryRecord> records, Fingerprint from, Fingerprint to, Func<DirectoryRecord, Fingerprint?> fingerprintOf)
    {
        for (var i = records.Count - 1; i >= 0; i--)
        {
            var keys = fingerprintOf(records[i].Record);
            if (i == records.Count - 1 && keys != to) return false;
            if (keys == from) return true;
            if (records[i] is not { Origin: RecordOrigin.Change, OldKeySigned: true }) return false;
        }
        return false;
    }
}
