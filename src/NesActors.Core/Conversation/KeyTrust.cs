using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Conversation;

/// <summary>Which keys of a contact are trusted: those first seen, until the person accepts others. Pure.</summary>
/// <param name="Pinned">The trusted keys.</param>
/// <param name="Offered">Others that the directory shows now.</param>
internal sealed record KeyTrust(Fingerprint? Pinned, Fingerprint? Offered)
{
    public TrustState State => (Pinned, Offered) switch
    {
        (null, _) => TrustState.Unseen,
        (_, null) => TrustState.Pinned,
        _ => TrustState.Changed,
    };

    public static KeyTrust Of(Contact contact) => new(contact.Pinned, contact.Offered);

    /// <summary>The directory shows these keys.</summary>
    public KeyTrust Seen(Fingerprint shown) =>
        Pinned is null || Pinned == shown ? new KeyTrust(shown, null) : this with { Offered = shown };

    /// <summary>The person accepts these keys; only those on offer (or pinned) can be accepted.</summary>
    /// <returns>The trust after that; null where these are not the keys on offer.</returns>
    public KeyTrust? Accept(Fingerprint accepted) =>
        accepted == Offered || accepted == Pinned && Offered is null ? new KeyTrust(accepted, null) : null;
}
