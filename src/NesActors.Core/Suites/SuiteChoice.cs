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
    /// Chooses: the best suite that was seen of the contact, or none, with what there is for it now; never silently a weaker one. Where the settings leave the anchor alone, the person has decided for all contacts.
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
                _ when joined.TryFind(suite)!.UsableUntil is { } until && until <= now => Downgraded(
                    $"The keys of {contact.User} for suite {suite} expired on {until.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: {contact.User} has not been online since, or somebody holds newer ones back."),
                _ when mine?.Contains(suite) == false => new SuiteChoice(
                    Suite: null, SendFailure.OwnKeysUnseen, $"Others do not see your own keys for suite {suite} at the key directory, so {contact.User} could not tell that it is from you."),
                _ => new SuiteChoice(suite),
            };
        }
        return joined.UsesAnchor ? new SuiteChoice(joined.AnchorId) : new SuiteChoice(Suite: null, SendFailure.BadKeys, joined.ProblemOf(joined.BestId));
    }

    private static SuiteChoice Downgraded(string detail) => new(Suite: null, SendFailure.SuiteDowngraded, detail);
}
