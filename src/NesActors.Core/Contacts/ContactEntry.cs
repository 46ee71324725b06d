using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Suites;

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

    /// <summary>The suite of <see cref="Offered"/>, where these are other keys for it under the pinned ones; null: they are others in the place of the pinned ones.</summary>
    public string? OfferedSuite { get; init; }

    /// <summary>The best suite over that of the pinned keys that was seen; null where none was, the contact has left it, or the person lets messages go without.</summary>
    public string? Suite { get; init; }

    /// <summary>The keys for it. They stay when the suite is left: older statements of theirs are not followed afterwards.</summary>
    public Fingerprint? SuiteKeys { get; init; }

    /// <summary>The greatest revision of their statements that was seen.</summary>
    public long SuiteRevision { get; init; }

    /// <summary>Why what is shown for the suite now is not followed.</summary>
    public SuiteRefusal SuiteRefusal { get; init; }

    /// <summary>Whether <see cref="Suite"/> is known by the contact's messages alone: no directory has shown it.</summary>
    public bool IsSuiteCarried { get; init; }

    /// <summary>What the contact has told of suites by messages; null: nothing.</summary>
    public ContactCapabilities? Capabilities { get; init; }

    /// <summary>How far the pinned ones are vouched for.</summary>
    public Vouching Vouched { get; init; }

    public PinOrigin PinnedBy { get; init; }

    public bool IsVerified { get; init; }

    /// <summary>Accepted by the person, or written to. A block does not take that away, it stands before it.</summary>
    public bool IsAccepted { get; init; }

    public bool IsBlocked { get; init; }

    public string? Alias { get; init; }

    public bool? ReadReceipts { get; init; }

    public bool? DeliveryReceipts { get; init; }

    public TrustState Trust => (Pinned, Offered) switch
    {
        (null, _) => TrustState.Unseen,
        (_, null) => TrustState.Pinned,
        _ => TrustState.Changed,
    };

    public ContactStanding Standing => IsBlocked ? ContactStanding.Blocked : IsAccepted ? ContactStanding.Accepted : ContactStanding.Stranger;

    /// <summary>The directory shows these keys. What once was vouched for does not become less so, and a suite that was seen once is not given up for a weaker one.</summary>
    public ContactEntry Seen(ShownKeys shown)
    {
        if (Pinned is null) return SuiteRules.Apply(Pin(shown.Keys, PinOrigin.FirstSeen, shown.Vouched), shown.Suites);
        if (Pinned == shown.Keys) return SuiteRules.Apply(this with { Offered = null, OfferedSuite = null, Vouched = shown.Vouched > Vouched ? shown.Vouched : Vouched }, shown.Suites);
        return Pinned == shown.ChangedBy ? SuiteRules.Apply(Pin(shown.Keys, PinOrigin.SignedChange, shown.Vouched), shown.Suites) : this with { Offered = shown.Keys, OfferedSuite = null };
    }

    /// <summary>The person writes to the contact: no stranger any more.</summary>
    public ContactEntry Written() => IsBlocked ? this : this with { IsAccepted = true };

    /// <summary>A message under the pinned keys has told of suites.</summary>
    public ContactEntry Heard(ContactCapabilities capabilities) => Standing == ContactStanding.Accepted && Pinned is not null ? this with { Capabilities = capabilities } : this;

    /// <summary>The person decides.</summary>
    /// <param name="change">What.</param>
    /// <param name="offers">Where it is to accept keys: what these say of suites, as far as that is known.</param>
    /// <returns>The entry after that; null where the decision does not apply.</returns>
    public ContactEntry? Apply(ContactChange change, IReadOnlyList<SuiteOffer>? offers = null) => change switch
    {
        ContactChange.Accept => this with { IsAccepted = true, IsBlocked = false },
        ContactChange.Block => this with { IsBlocked = true },
        ContactChange.Unblock => this with { IsBlocked = false },
        ContactChange.Rename rename => this with { Alias = rename.Alias },
        ContactChange.AcceptKeys accept when accept.Fingerprint == Offered && OfferedSuite is not null => SuiteRules.Accept(this),
        ContactChange.AcceptKeys accept when accept.Fingerprint == Offered => SuiteRules.Apply(Pin(accept.Fingerprint, PinOrigin.Person, Vouching.None), offers),
        ContactChange.AcceptKeys accept => accept.Fingerprint == Pinned && Offered is null ? this : null,
        ContactChange.AcceptOlderSuite => SuiteRules.AcceptOlder(this),
        ContactChange.Verify verify => verify.Fingerprint == Pinned ? this with { IsVerified = verify.IsVerified } : null,
        ContactChange.SendReadReceipts receipts => this with { ReadReceipts = receipts.Send },
        ContactChange.SendDeliveryReceipts receipts => this with { DeliveryReceipts = receipts.Send },
        ContactChange.Import import => Import(import.Contact),
        ContactChange.Forget => None,
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    /// <summary>As front-ends see it, but for how long messages are kept: that is kept elsewhere.</summary>
    public Contact ToContact(Username user, int unread) => new(user, Trust, Pinned, Offered, unread)
    {
        OfferedSuite = OfferedSuite,
        Suite = Suite,
        SuiteKeys = SuiteKeys,
        SuiteRefusal = SuiteRefusal,
        WithheldSuite = Capabilities?.Withheld,
        Vouched = Vouched,
        PinnedBy = PinnedBy,
        IsVerified = IsVerified,
        Standing = Standing,
        Alias = Alias,
        ReadReceipts = ReadReceipts,
        DeliveryReceipts = DeliveryReceipts,
    };

    // The keys for a suite were vouched for by those that are pinned no more, and so was what messages told; that the suite was seen holds.
    private ContactEntry Pin(Fingerprint keys, PinOrigin origin, Vouching vouched) => this with
    {
        Pinned = keys,
        Offered = null,
        OfferedSuite = null,
        PinnedBy = origin,
        Vouched = vouched,
        IsVerified = false,
        SuiteKeys = null,
        SuiteRevision = 0,
        Capabilities = null,
        SuiteRefusal = Suite is null ? SuiteRefusal.None : SuiteRefusal.Missing,
    };

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
            DeliveryReceipts = told.DeliveryReceipts ?? DeliveryReceipts,
        };
    }
}
