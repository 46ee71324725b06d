using NesActors.Contracts.Crypto;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Suites;

namespace NesActors.Core.KeyDirectory;

/// <summary>
/// What others see of this user: the suites over the anchor for which the directory shows the keys that are here. By any other nothing may be sent: who gets it could not verify it. Another installation of the user
/// may have published keys of its own, or nothing is published yet. Safe for several threads at once.
/// </summary>
internal sealed class OwnRecord(IKeyDirectorySource source, ICryptoSuite suite, ILocalIdentity me, SessionTuning tuning, TimeProvider clock)
{
    private readonly Lock _turn = new();
    private Task<IReadOnlySet<string>>? _asked;
    private DateTimeOffset _goodUntil = DateTimeOffset.MinValue;

    /// <summary>Whether it would be asked for again.</summary>
    public bool IsDue
    {
        get
        {
            lock (_turn) return _asked is null or { IsCompleted: true } && clock.GetUtcNow() >= _goodUntil;
        }
    }

    /// <summary>The ids of those suites.</summary>
    public Task<IReadOnlySet<string>> ShownAsync(CancellationToken cancellation)
    {
        lock (_turn)
        {
            if (_asked is null || (_asked.IsCompleted && clock.GetUtcNow() >= _goodUntil)) _asked = AskAsync(_asked, cancellation);
            return _asked;
        }
    }

    private async Task<IReadOnlySet<string>> AskAsync(Task<IReadOnlySet<string>>? before, CancellationToken cancellation)
    {
        var mine = (me as JoinedIdentity)?.Over ?? new Dictionary<string, Fingerprint>();
        var result = mine.Count == 0 ? null : await source.LookUpAsync(me.User, cancellation).ConfigureAwait(false);
        // While the directory does not answer, what was known serves.
        if (result is LookupResult.Unavailable && before is { IsCompletedSuccessfully: true }) return Keep(await before.ConfigureAwait(false), mine.Count);
        return Keep(result is LookupResult.Found found ? Shown(found.Record, mine) : new HashSet<string>(), mine.Count);
    }

    private HashSet<string> Shown(PublicRecord record, IReadOnlyDictionary<string, Fingerprint> mine)
    {
        try
        {
            using var keys = suite.ReadPeer(record);
            return keys.Fingerprint == me.Fingerprint
                ? (keys.Offers() ?? []).Where(offer => offer is { IsTaken: true, IsFresh: true } && mine.TryGetValue(offer.Suite, out var here) && here == offer.Keys).Select(offer => offer.Suite).ToHashSet(StringComparer.Ordinal)
                : [];
        }
        catch (KeyException)
        {
            return [];
        }
    }

    private IReadOnlySet<string> Keep(IReadOnlySet<string> shown, int all)
    {
        // What is missing may be published at any moment.
        lock (_turn) _goodUntil = clock.GetUtcNow() + (shown.Count == all ? tuning.KeyTtl : tuning.NegativeTtl);
        return shown;
    }
}
