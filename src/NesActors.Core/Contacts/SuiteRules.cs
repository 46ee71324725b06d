using NesActors.Contracts;
using NesActors.Core.Suites;

namespace NesActors.Core.Contacts;

/// <summary>
/// What follows for a contact with pinned keys from what a record says of suites over theirs: a better suite is taken up without asking, for the pinned keys signed for it; nothing weaker is followed, unless the keys of the
/// better suite have signed that. Pure.
/// </summary>
internal static class SuiteRules
{
    /// <summary>The entry after a record was seen.</summary>
    /// <param name="known">The entry.</param>
    /// <param name="offers">What the record says, the best suite first; null: nothing follows.</param>
    public static ContactEntry Apply(ContactEntry known, IReadOnlyList<SuiteOffer>? offers)
    {
        if (offers is null) return known;
        if (known.Suite is not { } suite) return offers.FirstOrDefault(offer => offer is { IsTaken: true, IsFresh: true }) is { } first ? Begin(known, first) : known;
        if (offers.FirstOrDefault(offer => offer.Suite == suite) is not { } shown) return known with { SuiteRefusal = SuiteRefusal.Missing };
        // A directory that has shown it once is not excused by what messages carry: it strips.
        if (shown.IsCarried && !known.IsSuiteCarried) return known with { SuiteRefusal = SuiteRefusal.Missing };
        if (known.SuiteKeys is { } keys && keys != shown.Keys) return known with { Offered = shown.Keys, OfferedSuite = suite };
        if (shown.Revision < known.SuiteRevision) return known with { SuiteRefusal = SuiteRefusal.Older };
        var current = known with { SuiteKeys = shown.Keys, SuiteRevision = shown.Revision, SuiteRefusal = SuiteRefusal.None, IsSuiteCarried = shown.IsCarried };
        if (!shown.IsTaken) return current with { Suite = null };
        return Better(offers, suite) is { } better ? Begin(current with { SuiteKeys = null, SuiteRevision = 0 }, better) : current;
    }

    /// <summary>The person accepts other keys for a suite, which are on offer. The safety number has to be compared anew: it is about keys that vouched for two.</summary>
    public static ContactEntry Accept(ContactEntry known) => known with
    {
        Suite = known.OfferedSuite,
        SuiteKeys = known.Offered,
        SuiteRevision = 0,
        SuiteRefusal = SuiteRefusal.None,
        Offered = null,
        OfferedSuite = null,
        IsVerified = false,
    };

    /// <summary>The person lets messages go by the suite of the pinned keys. What was seen of the better one stays known: only a newer statement brings it back.</summary>
    /// <returns>Null where no better one was seen.</returns>
    public static ContactEntry? AcceptOlder(ContactEntry known) => known.Suite is null ? null : known with { Suite = null, SuiteRefusal = SuiteRefusal.None };

    // Known before, and left: only what is newer counts, and only under the same keys.
    private static ContactEntry Begin(ContactEntry known, SuiteOffer first)
    {
        if (known.SuiteKeys is { } keys && keys != first.Keys) return known with { Offered = first.Keys, OfferedSuite = first.Suite };
        if (known.SuiteKeys is not null && first.Revision <= known.SuiteRevision) return known;
        return known with { Suite = first.Suite, SuiteKeys = first.Keys, SuiteRevision = first.Revision, SuiteRefusal = SuiteRefusal.None, IsSuiteCarried = first.IsCarried };
    }

    private static SuiteOffer? Better(IReadOnlyList<SuiteOffer> offers, string than) =>
        offers.TakeWhile(offer => offer.Suite != than).FirstOrDefault(offer => offer is { IsTaken: true, IsFresh: true });
}
