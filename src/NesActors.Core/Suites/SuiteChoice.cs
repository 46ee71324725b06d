using System.Globalization;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Suites;

/// <summary>By which suite a contact is sent to now, or why by none.</summary>
/// <param name="Suite">The suite's id; null where there is but one, or none.</param>
/// <param name="Failure">Why by none.</param>
/// <param name="Detail">More about that, for a person.</param>
internal sealed record SuiteChoice(string? Suite, SendFailure Failure = SendFailure.None, string? Detail = null)
{
    /// <summary>
    /// Chooses: the best suite that was seen of the contact, or none, with what there is for it now; never silently a weaker one. Where the settings leave the anchor alone, the person has decided for all contacts; where
    /// they leave the anchor out, there is nothing weaker.
    /// </summary>
    /// <param name="contact">What is known of the contact.</param>
    /// <param name="keys">The keys that there are now.</param>
    /// <param name="mine">The suites for which others see this user's own keys; null where nothing depends on that.</param>
    /// <param name="now">The time.</param>
    public static SuiteChoice Of(Contact contact, IPeerIdentity keys, IReadOnlySet<string>? mine, DateTimeOffset now)
    {
        if (keys is not JoinedPeer joined) return new SuiteChoice(Suite: null);
        if (joined.Offers is null) return new SuiteChoice(joined.AnchorId);
        if (contact.Suite is { } suite)
        {
            return contact.SuiteRefusal switch
            {
                SuiteRefusal.Missing when joined.TryFind(suite) is not null => Downgraded(
                    $"Suite {suite} was seen of {contact.User} at the key directory before. It is not there any more, though {contact.User} says by messages that they use it."),
                SuiteRefusal.Missing => Downgraded($"Suite {suite} was seen of {contact.User} before. {joined.ProblemOf(suite)}"),
                SuiteRefusal.Older => Downgraded($"The key directory shows an older statement of {contact.User} for suite {suite} than it did before."),
                _ when joined.TryFind(suite) is null => Downgraded(joined.ProblemOf(suite)),
                _ when ExpiredOn(joined, suite, now) is { } expired => Downgraded(expired),
                _ => Seen(contact, suite, mine),
            };
        }
        return joined.UsesAnchor ? new SuiteChoice(joined.AnchorId) : Alone(contact, joined, mine, now);
    }

    /// <summary>The settings leave better suites alone: that there was none of the contact, or that the person has consented to do without, leads to no other.</summary>
    private static SuiteChoice Alone(Contact contact, JoinedPeer joined, IReadOnlySet<string>? mine, DateTimeOffset now)
    {
        var suite = joined.BestId;
        if (joined.TryFind(suite) is null) return Bad(joined.ProblemOf(suite));
        if (joined.Offers!.Any(offer => offer.Suite == suite && !offer.IsTaken)) return Bad($"{contact.User} says that they do not use suite {suite} any more.");
        return ExpiredOn(joined, suite, now) is { } expired ? Bad(expired) : Seen(contact, suite, mine);
    }

    private static SuiteChoice Seen(Contact contact, string suite, IReadOnlySet<string>? mine) => mine?.Contains(suite) == false
        ? new SuiteChoice(Suite: null, SendFailure.OwnKeysUnseen, $"Others do not see your own keys for suite {suite} at the key directory, so {contact.User} could not tell that it is from you.")
        : new SuiteChoice(suite);

    private static string? ExpiredOn(JoinedPeer joined, string suite, DateTimeOffset now) => joined.TryFind(suite)?.UsableUntil is { } until && until <= now
        ? $"The keys of {joined.User} for suite {suite} expired on {until.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {joined.User} has not been online since, or somebody holds newer ones back."
        : null;

    private static SuiteChoice Bad(string detail) => new(Suite: null, SendFailure.BadKeys, detail);

    private static SuiteChoice Downgraded(string detail) => new(Suite: null, SendFailure.SuiteDowngraded, detail);
}
