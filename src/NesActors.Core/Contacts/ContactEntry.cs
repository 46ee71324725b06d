using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Contacts;

/// <summary>What is remembered of a contact: whose keys are trusted (those first seen, until others are accepted), and what the person decided. Pure.</summary>
internal sealed record ContactEntry
{
    /// <summary>Nothing is known.</summary>
    public static readonly ContactEntry None = new();

    /// <summary>The trusted keys.</summary>
    public Fingerprint? Pinned { get; init; }

    /// <summary>Others that the directory shows now.</summary>
    public Fingerprint? Offered { get; init; }

    /// <summary>How far the pinned ones are vouched for.</summary>
    public Vouching Vouched { get; init; }

    public PinOrigin PinnedBy { get; init; }

    public bool IsVerified { get; init; }

    /// <summary>Accepted by the person, or written to. A block does not take that away, it stands before it.</summary>
    public bool IsAccepted { get; init; }

    public bool IsBlocked { get; init; }

    public string? Alias { get; init; }

    public bool? ReadReceipts { get; init; }

    public TrustState Trust => (Pinned, Offered) switch
    {
        (null, _) => TrustState.Unseen,
        (_, null) => TrustState.Pinned,
        _ => TrustState.Changed,
    };

    public ContactStanding Standing => IsBlocked ? ContactStanding.Blocked : IsAccepted ? ContactStanding.Accepted : ContactStanding.Stranger;

    /// <summary>The directory shows these keys. What once was vouched for does not become less so.</summary>
    /// <param name="shown">The keys.</param>
    /// <param name="vouched">How far the directory vouches for them.</param>
    /// <param name="changedBy">The keys that signed for the change to them, step by step, where that is enough; these alone can be followed so.</param>
    public ContactEntry Seen(Fingerprint shown, Vouching vouched, Fingerprint? changedBy = null)
    {
        if (Pinned is null) return Pin(shown, PinOrigin.FirstSeen, vouched);
        if (Pinned == shown) return this with { Offered = null, Vouched = vouched > Vouched ? vouched : Vouched };
        return Pinned == changedBy ? Pin(shown, PinOrigin.SignedChange, vouched) : this with { Offered = shown };
    }

    /// <summary>The person writes to the contact: no stranger any more.</summary>
    public ContactEntry Written() => IsBlocked ? this : this with { IsAccepted = true };

    /// <summary>The person decides.</summary>
    /// <returns>The entry after that; null where the decision does not apply.</returns>
    public ContactEntry? Apply(ContactChange change) => change switch
    {
        ContactChange.Accept => this with { IsAccepted = true, IsBlocked = false },
        ContactChange.Block => this with { IsBlocked = true },
        ContactChange.Unblock => this with { IsBlocked = false },
        ContactChange.Rename rename => this with { Alias = rename.Alias },
        ContactChange.AcceptKeys accept when accept.Fingerprint == Offered => Pin(accept.Fingerprint, PinOrigin.Person, Vouching.None),
        ContactChange.AcceptKeys accept => accept.Fingerprint == Pinned && Offered is null ? this : null,
        ContactChange.Verify verify => verify.Fingerprint == Pinned ? this with { IsVerified = verify.IsVerified } : null,
        ContactChange.SendReadReceipts receipts => this with { ReadReceipts = receipts.Send },
        ContactChange.Import import => Import(import.Contact),
        ContactChange.Forget => None,
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    /// <summary>As front-ends see it.</summary>
    public Contact ToContact(Username user, int unread) => new(user, Trust, Pinned, Offered, unread)
    {
        Vouched = Vouched,
        PinnedBy = PinnedBy,
        IsVerified = IsVerified,
        Standing = Standing,
        Alias = Alias,
        ReadReceipts = ReadReceipts,
    };

    private ContactEntry Pin(Fingerprint keys, PinOrigin origin, Vouching vouched) =>
        this with { Pinned = keys, Offered = null, PinnedBy = origin, Vouched = vouched, IsVerified = false };

    private ContactEntry? Import(Contact told)
    {
        if (Pinned is not null && told.Pinned is not null && told.Pinned != Pinned) return null;
        var pinned = Pinned is null && told.Pinned is { } keys ? Pin(keys, told.PinnedBy, Vouching.None) : this;
        return pinned with
        {
            IsAccepted = IsAccepted || told.Standing == ContactStanding.Accepted,
            IsBlocked = IsBlocked || told.Standing == ContactStanding.Blocked,
            Alias = told.Alias ?? Alias,
            ReadReceipts = told.ReadReceipts ?? ReadReceipts,
        };
    }
}
