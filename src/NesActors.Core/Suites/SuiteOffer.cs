using NesActors.Contracts.Crypto;

namespace NesActors.Core.Suites;

/// <summary>What a record says of a suite over the anchor, proved by the keys for both.</summary>
/// <param name="Suite">The suite's id.</param>
/// <param name="Keys">Of the keys for it.</param>
/// <param name="Revision">The statement's; 0 where the suite has none.</param>
/// <param name="IsTaken">Whether the owner uses the suite: the statement may say that they do not any more.</param>
/// <param name="IsFresh">Whether the keys had not expired when they were read.</param>
public sealed record SuiteOffer(string Suite, Fingerprint Keys, long Revision, bool IsTaken, bool IsFresh)
{
    /// <summary>Until when something can be sealed to them; <see langword="null"/>: until they are replaced.</summary>
    public DateTimeOffset? UsableUntil { get; init; }

    /// <summary>Whether messages carried it: the key directory shows no such statement.</summary>
    public bool IsCarried { get; init; }

    internal static SuiteOffer Of(string suite, IPeerIdentity keys, DateTimeOffset now) => new(
        suite, keys.Fingerprint, keys.Statement?.Revision ?? 0, keys.Statement?.Suites.Contains(suite) ?? true, !(keys.UsableUntil <= now))
    { UsableUntil = keys.UsableUntil };
}
