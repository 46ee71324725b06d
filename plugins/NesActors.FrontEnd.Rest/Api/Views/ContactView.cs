using NesActors.Contracts;

namespace NesActors.FrontEnd.Rest.Api.Views;

/// <summary>A contact as the API shows it.</summary>
/// <param name="User">The name.</param>
/// <param name="Alias">What the person calls them; whoever shows it must escape it. <see langword="null"/>: by the name.</param>
/// <param name="Standing">What the person thinks of them.</param>
/// <param name="Trust">Whether the keys are those first seen.</param>
/// <param name="Verified">Whether the safety number was compared under the pinned keys.</param>
/// <param name="Fingerprint">The pinned keys'; <see langword="null"/> before any were seen.</param>
/// <param name="PinnedBy">Whose decision these keys are; <see langword="null"/> where there are none.</param>
/// <param name="Vouched">How far the key directory vouches for them.</param>
/// <param name="Offered">The fingerprint of other keys that the directory shows now; <see langword="null"/> where there are none.</param>
/// <param name="OfferedSuite">The suite of the offered keys, where they are other keys for it under the pinned ones; <see langword="null"/>: they are in the place of the pinned ones.</param>
/// <param name="Suite">The best suite that was seen of them, and by which messages go; <see langword="null"/>: that of the pinned keys.</param>
/// <param name="SuiteKeys">The fingerprint of their keys for it.</param>
/// <param name="SuiteRefusal">Why what the directory shows for that suite now is not followed; <see langword="null"/> where nothing is wrong.</param>
/// <param name="WithheldSuite">A suite for which they do not see, by their own word, what this user has published long enough ago; <see langword="null"/> where nothing is wrong.</param>
/// <param name="ReadReceipts">Whether they are told what was read; <see langword="null"/>: as the settings say for all.</param>
/// <param name="DeliveryReceipts">Whether they are told what has arrived; <see langword="null"/>: as the settings say for all.</param>
/// <param name="DisappearAfterSeconds">How old messages with them grow here before they are deleted; <see langword="null"/>: as the settings say for all, which may delete them sooner.</param>
/// <param name="Unread">How many of their messages were not read.</param>
internal sealed record ContactView(
    string User, string? Alias, ContactStanding Standing, TrustState Trust, bool Verified, string? Fingerprint, PinOrigin? PinnedBy, Vouching Vouched, string? Offered,
    string? OfferedSuite, string? Suite, string? SuiteKeys, SuiteRefusal? SuiteRefusal, string? WithheldSuite, bool? ReadReceipts, bool? DeliveryReceipts, long? DisappearAfterSeconds, int Unread)
{
    public static ContactView Of(Contact contact) => new(
        contact.User.Value, contact.Alias, contact.Standing, contact.Trust, contact.IsVerified, contact.Pinned?.Value, contact.Pinned is null ? null : contact.PinnedBy, contact.Vouched,
        contact.Offered?.Value, contact.OfferedSuite, contact.Suite, contact.SuiteKeys?.Value, contact.SuiteRefusal == Contracts.SuiteRefusal.None ? null : contact.SuiteRefusal, contact.WithheldSuite, contact.ReadReceipts,
        contact.DeliveryReceipts, (long?)contact.DisappearAfter?.TotalSeconds, contact.Unread);

    /// <summary>Names the contact and never the alias, which is the person's own word.</summary>
    public override string ToString() => $"{User} {Standing} {Trust}";
}
