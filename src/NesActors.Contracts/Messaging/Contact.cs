using NesActors.Contracts.Crypto;

namespace NesActors.Contracts;

/// <summary>What is known of somebody this session has talked to.</summary>
/// <param name="User">The name.</param>
/// <param name="Trust">Whether the keys are those first seen.</param>
/// <param name="Pinned">The keys first seen, or accepted since; <see langword="null"/> before any were seen.</param>
/// <param name="Offered">Other keys that the directory shows now; <see langword="null"/> where there are none.</param>
/// <param name="Unread">How many messages from this contact were not read.</param>
public sealed record Contact(Username User, TrustState Trust, Fingerprint? Pinned, Fingerprint? Offered, int Unread)
{
    /// <summary>How far the key directory vouches for the pinned keys.</summary>
    public Vouching Vouched { get; init; }

    /// <summary>Whose decision the pinned keys are.</summary>
    public PinOrigin PinnedBy { get; init; }

    /// <summary>Whether the person has compared the safety number under the pinned keys (<see cref="SafetyNumber"/>). Other keys are not verified until that is done again.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The best suite that was seen of this contact, and that is used: nothing goes by a weaker one. <see langword="null"/>: none but the one in which <see cref="Pinned"/> is.</summary>
    public string? Suite { get; init; }

    /// <summary>The contact's keys in <see cref="Suite"/>, which the pinned ones signed; kept where the contact has left that suite.</summary>
    public Fingerprint? SuiteKeys { get; init; }

    /// <summary>Why what the directory shows for <see cref="Suite"/> now is not followed; nothing is sent then until the person decides.</summary>
    public SuiteRefusal SuiteRefusal { get; init; }

    /// <summary>
    /// A suite for which this contact, by their own word, does not see what this user has published, though it was there for longer than that may take: somebody strips it or holds it back on its way to them, or they ask
    /// another key directory. <see langword="null"/>: nothing is known to be wrong.
    /// </summary>
    public string? WithheldSuite { get; init; }

    /// <summary>The suite of <see cref="Offered"/>, where these are other keys for that suite under the pinned ones; <see langword="null"/>: they are in the place of the pinned ones.</summary>
    public string? OfferedSuite { get; init; }

    /// <summary>What the person thinks of this contact.</summary>
    public ContactStanding Standing { get; init; }

    /// <summary>What the person calls this contact; <see langword="null"/>: by the name. To be escaped by whoever shows it.</summary>
    public string? Alias { get; init; }

    /// <summary>Whether this contact is told what was read; <see langword="null"/>: as the settings say for all. It is told with what has arrived, so not without <see cref="DeliveryReceipts"/>.</summary>
    public bool? ReadReceipts { get; init; }

    /// <summary>Whether this contact is told what has arrived; <see langword="null"/>: as the settings say for all.</summary>
    public bool? DeliveryReceipts { get; init; }

    /// <summary>How old messages with this contact grow here before they are deleted, in whole seconds (<see cref="IMessenger.DisappearAsync"/>); <see langword="null"/>: as the settings say for all. These may delete them sooner.</summary>
    public TimeSpan? DisappearAfter { get; init; }
}

/// <summary>What the person thinks of a contact.</summary>
public enum ContactStanding
{
    /// <summary>Neither accepted nor answered: what arrives is a request, and nothing is confirmed.</summary>
    Stranger,

    /// <summary>Accepted by the person, or written to.</summary>
    Accepted,

    /// <summary>What arrives is dropped before anything is done for it, and nothing is sent.</summary>
    Blocked,
}

/// <summary>What is wrong with what the directory shows for a contact's suite.</summary>
public enum SuiteRefusal
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It shows no keys for it, or none that hold.</summary>
    Missing,

    /// <summary>It shows an older statement than before.</summary>
    Older,
}

/// <summary>How keys came to be pinned.</summary>
public enum PinOrigin
{
    /// <summary>They were the first that were seen; or there are none.</summary>
    FirstSeen,

    /// <summary>The person accepted them by their fingerprint.</summary>
    Person,

    /// <summary>The pinned keys before them signed the change, the directory proved it, and the settings say that this is enough.</summary>
    SignedChange,

    /// <summary>They came from a file of contacts.</summary>
    Imported,
}

/// <summary>How far whoever gave out somebody's keys vouches for them. The greater, the more.</summary>
public enum Vouching
{
    /// <summary>Not at all: no keys were seen yet, they come from a folder, or the person accepted them by their fingerprint.</summary>
    None,

    /// <summary>A key directory of the original's kind signed them, bound to no name and no time: the pin is the only defence.</summary>
    Plain,

    /// <summary>A key directory proved that they are this user's, now, and that no change was hidden.</summary>
    Proved,
}

/// <summary>How far a contact's keys are trusted.</summary>
public enum TrustState
{
    /// <summary>No keys were seen yet.</summary>
    Unseen,

    /// <summary>The keys are those of the first look-up, or accepted by the person since.</summary>
    Pinned,

    /// <summary>The directory shows other keys than the pinned ones: nothing is sent until the person decides.</summary>
    Changed,
}
