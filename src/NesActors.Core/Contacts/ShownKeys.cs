using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Suites;

namespace NesActors.Core.Contacts;

/// <summary>What a key directory shows of somebody, as far as it is remembered.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Vouched">How far the directory vouches for them.</param>
public sealed record ShownKeys(Fingerprint Keys, Vouching Vouched)
{
    /// <summary>The keys that signed for the change to these, step by step, where that is enough: where they are pinned, the new ones are pinned in their place. <see langword="null"/>: none.</summary>
    public Fingerprint? ChangedBy { get; init; }

    /// <summary>What the record says of suites over that of the keys, the best first; <see langword="null"/> where the session uses none, so that nothing follows from it.</summary>
    public IReadOnlyList<SuiteOffer>? Suites { get; init; }
}
