using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Conversation;

/// <summary>Which keys of a contact are trusted: those first seen, until the person accepts others. Pure.</summary>
/// <param name="Pinned">The trusted keys.</param>
/// <param name="Offered">Others that the directory shows now.</param>
/// <param name="Vouched">How far the pinned ones are vouched for.</param>
internal sealed record KeyTrust(Fingerprint? Pinned, Fingerprint? Offered, Vouching Vouched = Vouching.None)
{
    /// <summary>No keys were seen yet.</summary>
    public static readonly KeyTrust None = new(null, null);

    public TrustState State => (Pinned, Offered) switch
    {
        (null, _) => TrustState.Unseen,
        (_, null) => TrustState.Pinned,
        _ => TrustState.Changed,
    };

    public static KeyTrust Of(Contact contact) => new(contact.Pinned, contact.Offered, contact.Vouched);

    /// <summary>The directory shows these keys. What once was vouched for does not become less so.</summary>
    public KeyTrust Seen(Fingerprint shown, Vouching vouched) =>
        Pinned is null || Pinned == shown
            ? new KeyTrust(shown, null, vouched > Vouched ? vouched : Vouched)
            : this with { Offered = shown };

    /// <summary>The person accepts these keys; only those on offer (or pinned) can be accepted.</summary>
    /// <returns>The trust after that; null where these are not the keys on offer.</returns>
    public KeyTrust? Accept(Fingerprint accepted)
    {
        if (accepted == Offered) return new KeyTrust(accepted, null);
        return accepted == Pinned && Offered is null ? this : null;
    }
}
