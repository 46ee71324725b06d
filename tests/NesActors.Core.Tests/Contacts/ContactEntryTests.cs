using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;

namespace NesActors.Core.Tests.Contacts;

public sealed class ContactEntryTests
{
    private static readonly Username Amy = Username.Parse("amy");
    private static readonly Fingerprint First = new("11");
    private static readonly Fingerprint Second = new("22");
    private static readonly ContactEntry Unseen = ContactEntry.None;
    private static readonly ContactEntry Pinned = Unseen.Seen(new ShownKeys(First, Vouching.Plain));
    private static readonly ContactEntry Changed = Pinned.Seen(new ShownKeys(Second, Vouching.Proved));

    [Fact]
    public void Pins_the_first_keys_it_sees() => Assert.Equal((TrustState.Pinned, First, PinOrigin.FirstSeen), (Pinned.Trust, Pinned.Pinned!.Value, Pinned.PinnedBy));

    [Fact]
    public void Notices_other_keys_and_keeps_the_pin() => Assert.Equal((TrustState.Changed, First, Second), (Changed.Trust, Changed.Pinned!.Value, Changed.Offered!.Value));

    [Fact]
    public void Is_calm_again_when_the_pinned_keys_are_back() => Assert.Equal(Pinned, Changed.Seen(new ShownKeys(First, Vouching.Plain)));

    [Theory]
    [InlineData(Vouching.Plain, Vouching.Proved, Vouching.Proved)]
    [InlineData(Vouching.Proved, Vouching.Plain, Vouching.Proved)]
    [InlineData(Vouching.None, Vouching.None, Vouching.None)]
    public void What_was_vouched_for_does_not_become_less_so(Vouching first, Vouching then, Vouching result) =>
        Assert.Equal(result, Unseen.Seen(new ShownKeys(First, first)).Seen(new ShownKeys(First, then)).Vouched);

    [Fact]
    public void Other_keys_do_not_vouch_for_the_pinned_ones() => Assert.Equal(Vouching.Plain, Changed.Vouched);

    [Fact]
    public void Follows_a_change_that_the_pinned_keys_signed_and_no_other()
    {
        var followed = Pinned.Seen(new ShownKeys(Second, Vouching.Proved) { ChangedBy = First });
        Assert.Equal((TrustState.Pinned, Second, PinOrigin.SignedChange, Vouching.Proved), (followed.Trust, followed.Pinned!.Value, followed.PinnedBy, followed.Vouched));
        Assert.Equal(Changed, Pinned.Seen(new ShownKeys(Second, Vouching.Proved) { ChangedBy = new Fingerprint("33") }));
    }

    [Fact]
    public void Accepts_only_the_keys_on_offer()
    {
        Assert.Null(Changed.Apply(new ContactChange.AcceptKeys(First)));
        Assert.Null(Changed.Apply(new ContactChange.AcceptKeys(new Fingerprint("33"))));
        Assert.Null(Unseen.Apply(new ContactChange.AcceptKeys(First)));
        var accepted = Changed.Apply(new ContactChange.AcceptKeys(Second))!;
        Assert.Equal((TrustState.Pinned, Second, PinOrigin.Person, Vouching.None), (accepted.Trust, accepted.Pinned!.Value, accepted.PinnedBy, accepted.Vouched));
        Assert.Equal(accepted, accepted.Apply(new ContactChange.AcceptKeys(Second)));
    }

    [Fact]
    public void Is_verified_under_the_pinned_keys_alone()
    {
        Assert.Null(Unseen.Apply(new ContactChange.Verify(First, true)));
        Assert.Null(Changed.Apply(new ContactChange.Verify(Second, true)));
        var verified = Pinned.Apply(new ContactChange.Verify(First, true))!;
        Assert.True(verified.IsVerified);
        Assert.Equal(Pinned, verified.Apply(new ContactChange.Verify(First, false)));
    }

    [Fact]
    public void Other_keys_are_not_verified_however_they_came()
    {
        var verified = Pinned.Apply(new ContactChange.Verify(First, true))!;
        Assert.False(verified.Seen(new ShownKeys(Second, Vouching.Proved) { ChangedBy = First }).IsVerified);
        Assert.False(verified.Seen(new ShownKeys(Second, Vouching.Proved)).Apply(new ContactChange.AcceptKeys(Second))!.IsVerified);
    }

    [Fact]
    public void A_stranger_is_accepted_by_the_person_or_by_being_written_to()
    {
        Assert.Equal(ContactStanding.Stranger, Pinned.Standing);
        Assert.Equal(ContactStanding.Accepted, Pinned.Apply(new ContactChange.Accept())!.Standing);
        Assert.Equal(ContactStanding.Accepted, Pinned.Written().Standing);
    }

    [Fact]
    public void After_a_block_all_is_as_before_it()
    {
        Assert.Equal(Pinned, Pinned.Apply(new ContactChange.Block())!.Apply(new ContactChange.Unblock()));
        Assert.Equal(Pinned.Written(), Pinned.Written().Apply(new ContactChange.Block())!.Apply(new ContactChange.Unblock()));
        Assert.Equal(Pinned, Pinned.Apply(new ContactChange.Unblock()));
    }

    [Fact]
    public void Writing_to_somebody_blocked_accepts_nobody_and_accepting_ends_the_block()
    {
        var blocked = Unseen.Apply(new ContactChange.Block())!;
        Assert.Equal(ContactStanding.Blocked, blocked.Standing);
        Assert.Equal(blocked, blocked.Written());
        Assert.Equal(ContactStanding.Accepted, blocked.Apply(new ContactChange.Accept())!.Standing);
    }

    [Fact]
    public void Import_pins_keys_where_there_are_none_and_verifies_nothing()
    {
        var told = new Contact(Amy, TrustState.Pinned, First, null, 3) { Alias = "Amy B.", IsVerified = true, Standing = ContactStanding.Accepted, ReadReceipts = false, DeliveryReceipts = false, Vouched = Vouching.Proved, PinnedBy = PinOrigin.Imported };
        var imported = Unseen.Apply(new ContactChange.Import(told))!;
        Assert.Equal(
            new Contact(Amy, TrustState.Pinned, First, null, 0) { Alias = "Amy B.", Standing = ContactStanding.Accepted, ReadReceipts = false, DeliveryReceipts = false, PinnedBy = PinOrigin.Imported },
            imported.ToContact(Amy, 0));
        Assert.Equal(imported, imported.Apply(new ContactChange.Import(told)));
    }

    [Fact]
    public void Import_never_overwrites_other_keys_and_takes_no_decision_back()
    {
        Assert.Null(Pinned.Apply(new ContactChange.Import(new Contact(Amy, TrustState.Pinned, Second, null, 0))));
        var decided = Pinned.Apply(new ContactChange.Block())!.Apply(new ContactChange.Rename("Amy B."))!;
        Assert.Equal(decided, decided.Apply(new ContactChange.Import(new Contact(Amy, TrustState.Pinned, First, null, 0))));
        Assert.Equal(decided with { IsAccepted = true }, decided.Apply(new ContactChange.Import(new Contact(Amy, TrustState.Unseen, null, null, 0) { Standing = ContactStanding.Accepted })));
    }

    [Fact]
    public void Keys_on_offer_stay_so_where_a_file_names_the_pinned_ones() =>
        Assert.Equal(Changed, Changed.Apply(new ContactChange.Import(new Contact(Amy, TrustState.Pinned, First, null, 0))));

    [Fact]
    public void Nothing_is_left_of_somebody_forgotten() => Assert.Equal(ContactEntry.None, Changed.Apply(new ContactChange.Forget()));

    [Theory]
    [InlineData("Amy B.", true)]
    [InlineData("エイミー 🦊", true)]
    [InlineData("", false)]
    [InlineData(" Amy", false)]
    [InlineData("Amy\nBen", false)]
    [InlineData("Amy\u2028Ben", false)]
    [InlineData("\u001b[31mAmy", false)]
    [InlineData("half \ud83e", false)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234", true)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", false)]
    public void An_alias_is_one_short_line(string alias, bool isValid)
    {
        Assert.Equal(isValid, ContactChange.Rename.IsValid(alias));
        if (!isValid) Assert.Throws<ArgumentException>(() => new ContactChange.Rename(alias));
        else Assert.Equal(alias, Pinned.Apply(new ContactChange.Rename(alias))!.Alias);
    }
}
