using NesActors.Contracts.Crypto;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Suites;

namespace NesActors.Core.KeyDirectory;

/// <summary>
/// What others see of this user: the suites over the anchor for which the directory shows the keys that are here. By any other nothing may be sent to who has not seen them otherwise: it could not be verified. Another
/// installation of the user may have published keys of its own, or nothing is published yet. Safe for several threads at once.
/// </summary>
internal sealed class OwnRecord(IKeyDirectorySource source, ICryptoSuite suite, ILocalIdentity me, SessionTuning tuning, TimeProvider clock)
{
    private readonly Lock _turn = new();
    private Task<OwnSight>? _asked;
    private DateTimeOffset _goodUntil = DateTimeOffset.MinValue;

    /// <summary>Whether it would be asked for again.</summary>
    public bool IsDue
    {
        get
        {
            lock (_turn) return _asked is null or { IsCompleted: true } && clock.GetUtcNow() >= _goodUntil;
        }
    }

    /// <summary>What is said here, and seen there.</summary>
    public Task<OwnSight> SeeAsync(CancellationToken cancellation)
    {
        lock (_turn)
        {
            if (_asked is null || (_asked.IsCompleted && clock.GetUtcNow() >= _goodUntil)) _asked = AskAsync(_asked, cancellation);
            return _asked;
        }
    }

    private async Task<OwnSight> AskAsync(Task<OwnSight>? before, CancellationToken cancellation)
    {
        var over = (me as JoinedIdentity)?.Over ?? new Dictionary<string, Fingerprint>();
        if (over.Count == 0) return Keep(OwnSight.None);
        var mine = Said(over);
        var result = await source.LookUpAsync(me.User, cancellation).ConfigureAwait(false);
        // While the directory does not answer, what was known serves.
        if (result is LookupResult.Unavailable && before is { IsCompletedSuccessfully: true }) return Keep(await before.ConfigureAwait(false) with { Mine = mine });
        return Keep(result is LookupResult.Found found ? Look(found.Record, over, mine) : OwnSight.None with { Mine = mine });
    }

    private Dictionary<string, OwnStatement> Said(IReadOnlyDictionary<string, Fingerprint> over)
    {
        try
        {
            var record = me.PublicRecord;
            return Offers(record).Where(offer => offer.IsTaken && over.ContainsKey(offer.Suite) && record.Entries.ContainsKey(PublicRecord.StatementOf(offer.Suite)))
                .ToDictionary(offer => offer.Suite, offer => new OwnStatement(record.Entries[PublicRecord.StatementOf(offer.Suite)], offer.Keys, offer.Revision), StringComparer.Ordinal);
        }
        catch (KeyException)
        {
            return [];
        }
    }

    private OwnSight Look(PublicRecord record, IReadOnlyDictionary<string, Fingerprint> over, IReadOnlyDictionary<string, OwnStatement> mine)
    {
        var shown = Offers(record).Where(offer => offer is { IsTaken: true, IsFresh: true } && over.TryGetValue(offer.Suite, out var here) && here == offer.Keys).ToDictionary(offer => offer.Suite, offer => offer.Revision);
        return new OwnSight(mine, shown, over.Keys.Where(suite => !record.Entries.ContainsKey(PublicRecord.StatementOf(suite))).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>What a record says of suites over the anchor, where it is one of the keys that are here.</summary>
    private IReadOnlyList<SuiteOffer> Offers(PublicRecord record)
    {
        try
        {
            using var keys = suite.ReadPeer(record);
            return keys.Fingerprint == me.Fingerprint ? keys.Offers() ?? [] : [];
        }
        catch (KeyException)
        {
            return [];
        }
    }

    private OwnSight Keep(OwnSight sight)
    {
        // What is missing may be published at any moment.
        lock (_turn) _goodUntil = clock.GetUtcNow() + (sight.Shown.Count == ((me as JoinedIdentity)?.Over.Count ?? 0) ? tuning.KeyTtl : tuning.NegativeTtl);
        return sight;
    }
}
