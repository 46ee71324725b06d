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
