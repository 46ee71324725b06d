using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Suites;

/// <summary>What a record has for one suite: keys, or what is wrong with them.</summary>
internal sealed record PeerSuite(string Id, IPeerIdentity? Keys, string? Problem);

/// <summary>Somebody's public keys for several suites. The anchor's stand for the person: they are pinned, and vouch for the others.</summary>
/// <param name="anchorId">The anchor.</param>
/// <param name="anchor">The keys for it.</param>
/// <param name="usesAnchor">Whether messages may go by it.</param>
/// <param name="over">What there is for the others that may be used, the best first.</param>
/// <param name="choosesSuites">Whether others than the anchor may be used at all, here and now or when they work again.</param>
/// <param name="now">When the record was read.</param>
internal sealed class JoinedPeer(string anchorId, IPeerIdentity anchor, bool usesAnchor, IReadOnlyList<PeerSuite> over, bool choosesSuites, DateTimeOffset now) : IPeerIdentity
{
    public Username User => anchor.User;

    public Fingerprint Fingerprint => anchor.Fingerprint;

    /// <summary>When the first of those expires that had not expired when they were read: one that had would be asked for again at each message, for nothing.</summary>
    public DateTimeOffset? UsableUntil { get; } = over.Select(each => each.Keys?.UsableUntil).Append(anchor.UsableUntil).Where(until => until > now).Min();

    public string AnchorId => anchorId;

    public bool UsesAnchor => usesAnchor;

    /// <summary>The best suite that may be used.</summary>
    public string BestId => over.Count == 0 ? anchorId : over[0].Id;

    /// <summary>What they say of suites over the anchor, the best first; null where the settings leave none of these, so that nothing follows from it.</summary>
    public IReadOnlyList<SuiteOffer>? Offers { get; } = !choosesSuites ? null : [.. over.Where(each => each.Keys is not null).Select(each => SuiteOffer.Of(each.Id, each.Keys!, now))];

    /// <summary>The keys for a suite; null where there are none.</summary>
    public IPeerIdentity? TryFind(string suite) => suite == anchorId ? anchor : over.FirstOrDefault(each => each.Id == suite)?.Keys;

    /// <summary>The keys for a suite.</summary>
    /// <exception cref="KeyException">There are none.</exception>
    public IPeerIdentity Find(string suite) => TryFind(suite) ?? throw new KeyException(ProblemOf(suite));

    /// <summary>Why there are no keys for a suite.</summary>
    public string ProblemOf(string suite) => over.FirstOrDefault(each => each.Id == suite)?.Problem ?? $"There are no keys of {User} for suite {suite}.";

    /// <summary>Whether the one suite is weaker than the other.</summary>
    public bool IsWeaker(string suite, string than) => PlaceOf(suite) > PlaceOf(than);

    public void Dispose()
    {
        anchor.Dispose();
        foreach (var each in over) each.Keys?.Dispose();
    }

    private int PlaceOf(string suite)
    {
        for (var place = 0; place < over.Count; place++)
        {
            if (over[place].Id == suite) return place;
        }
        return over.Count;
    }
}
