using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Suites;

namespace NesActors.Core.Tests.Contacts;

public sealed class SuiteRulesTests
{
    private const string Nes2 = "nes2", Nes3 = "nes3";

    private static readonly Fingerprint Rsa = new("11"), OtherRsa = new("22"), Keys = new("33"), OtherKeys = new("44");
    private static readonly ContactEntry Verified = Seen(ContactEntry.None).Apply(new ContactChange.Verify(Rsa, true))!;
    private static readonly ContactEntry Upgraded = Seen(Verified, Offer(5));

    [Fact]
    public void A_better_suite_that_the_pinned_keys_signed_for_is_taken_up_and_nothing_else_changes() =>
        Assert.Equal(Verified with { Suite = Nes2, SuiteKeys = Keys, SuiteRevision = 5 }, Upgraded);

    [Fact]
    public void The_best_suite_is_taken_up_however_the_statement_lists_them() => Assert.Equal(Nes3, Seen(Verified, Offer(5) with { Suite = Nes3 }, Offer(5)).Suite);

    [Fact]
    public void A_suite_that_is_better_still_takes_the_place_of_the_one_before()
    {
        var best = Seen(Upgraded, new SuiteOffer(Nes3, OtherKeys, 1, true, true), Offer(6));
        Assert.Equal((Nes3, OtherKeys, 1, TrustState.Pinned), (best.Suite, best.SuiteKeys!.Value, best.SuiteRevision, best.Trust));
    }

    [Fact]
    public void Keys_that_have_expired_or_are_not_used_any_more_begin_nothing()
    {
        Assert.Equal(Verified, Seen(Verified, Offer(5) with { IsFresh = false }));
        Assert.Equal(Verified, Seen(Verified, Offer(5) with { IsTaken = false }));
    }

    [Fact]
    public void A_suite_may_begin_by_what_messages_carry_and_go_on_by_it()
    {
        var carried = Seen(Verified, Offer(5) with { IsCarried = true });
        Assert.Equal(Upgraded with { IsSuiteCarried = true }, carried);
        Assert.Equal(carried with { SuiteRevision = 6 }, Seen(carried, Offer(6) with { IsCarried = true }));
        Assert.Equal(carried with { SuiteRefusal = SuiteRefusal.Older }, Seen(carried, Offer(4) with { IsCarried = true }));
    }

    [Fact]
    public void A_directory_that_has_shown_a_statement_is_not_excused_by_what_messages_carry()
    {
        var stripped = Seen(Upgraded, Offer(6) with { IsCarried = true });
        Assert.Equal(Upgraded with { SuiteRefusal = SuiteRefusal.Missing }, stripped);
        var shown = Seen(Seen(Verified, Offer(5) with { IsCarried = true }), Offer(5));
        Assert.Equal(Upgraded, shown);
        Assert.Equal(SuiteRefusal.Missing, Seen(shown, Offer(6) with { IsCarried = true }).SuiteRefusal);
    }

    [Fact]
    public void After_the_person_s_consent_a_newer_statement_that_messages_carry_leads_back()
    {
        var without = Seen(Upgraded).Apply(new ContactChange.AcceptOlderSuite())!;
        Assert.Null(Seen(without, Offer(5) with { IsCarried = true }).Suite);
        Assert.Equal(Upgraded with { SuiteRevision = 6, IsSuiteCarried = true }, Seen(without, Offer(6) with { IsCarried = true }));
    }

    [Fact]
    public void A_statement_that_is_missing_is_not_followed_until_it_is_there_again()
    {
        var stripped = Seen(Upgraded);
        Assert.Equal(Upgraded with { SuiteRefusal = SuiteRefusal.Missing }, stripped);
        Assert.Equal(Upgraded, Seen(stripped, Offer(5)));
    }

    [Fact]
    public void An_older_statement_is_not_followed_and_a_newer_one_is_remembered()
    {
        var newer = Seen(Upgraded, Offer(7));
        Assert.Equal(Upgraded with { SuiteRevision = 7 }, newer);
        Assert.Equal(newer with { SuiteRefusal = SuiteRefusal.Older }, Seen(newer, Offer(6)));
    }

    [Fact]
    public void An_older_statement_that_gives_the_suite_up_is_not_followed_either() =>
        Assert.Equal(Upgraded with { SuiteRefusal = SuiteRefusal.Older }, Seen(Upgraded, Offer(4) with { IsTaken = false }));

    [Fact]
    public void A_statement_by_which_the_same_keys_give_the_suite_up_is_followed_and_outlives_older_ones()
    {
        var left = Seen(Upgraded, Offer(6) with { IsTaken = false });
        Assert.Equal((null, SuiteRefusal.None, TrustState.Pinned, true), (left.Suite, left.SuiteRefusal, left.Trust, left.IsVerified));
        Assert.Equal(left, Seen(left, Offer(5)));
        Assert.Equal(Nes2, Seen(left, Offer(7)).Suite);
    }

    [Fact]
    public void Other_keys_for_the_suite_under_the_same_pinned_ones_are_changed_keys()
    {
        var changed = Seen(Upgraded, new SuiteOffer(Nes2, OtherKeys, 9, true, true));
        Assert.Equal((TrustState.Changed, OtherKeys, Nes2, Rsa), (changed.Trust, changed.Offered!.Value, changed.OfferedSuite, changed.Pinned!.Value));
        var accepted = changed.Apply(new ContactChange.AcceptKeys(OtherKeys))!;
        Assert.Equal((TrustState.Pinned, Rsa, OtherKeys, Nes2, false), (accepted.Trust, accepted.Pinned!.Value, accepted.SuiteKeys!.Value, accepted.Suite, accepted.IsVerified));
        Assert.Equal(Upgraded, Seen(changed, Offer(5)));
    }

    [Fact]
    public void Keys_that_gave_the_suite_up_are_not_replaced_by_others_unasked()
    {
        var left = Seen(Upgraded, Offer(6) with { IsTaken = false });
        Assert.Equal(TrustState.Changed, Seen(left, new SuiteOffer(Nes2, OtherKeys, 9, true, true)).Trust);
    }

    [Fact]
    public void The_person_may_let_messages_go_without_until_a_newer_statement_comes()
    {
        var without = Seen(Upgraded).Apply(new ContactChange.AcceptOlderSuite())!;
        Assert.Equal((null, SuiteRefusal.None, true), (without.Suite, without.SuiteRefusal, without.IsVerified));
        Assert.Equal(without, Seen(without));
        Assert.Equal(without, Seen(without, Offer(5)));
        Assert.Equal(Upgraded with { SuiteRevision = 6 }, Seen(without, Offer(6)));
        Assert.Null(Verified.Apply(new ContactChange.AcceptOlderSuite()));
    }

    [Fact]
    public void New_pinned_keys_do_not_make_the_suite_forgotten()
    {
        var accepted = Upgraded.Seen(new ShownKeys(OtherRsa, Vouching.None) { Suites = [] }).Apply(new ContactChange.AcceptKeys(OtherRsa))!;
        Assert.Equal((Nes2, null, SuiteRefusal.Missing), (accepted.Suite, accepted.SuiteKeys, accepted.SuiteRefusal));
        var shown = accepted.Seen(new ShownKeys(OtherRsa, Vouching.None) { Suites = [new SuiteOffer(Nes2, OtherKeys, 1, true, true)] });
        Assert.Equal((Nes2, OtherKeys, SuiteRefusal.None), (shown.Suite, shown.SuiteKeys!.Value, shown.SuiteRefusal));
    }

    [Fact]
    public void A_change_that_the_old_keys_signed_brings_the_suite_with_it()
    {
        var followed = Upgraded.Seen(new ShownKeys(OtherRsa, Vouching.Proved) { ChangedBy = Rsa, Suites = [new SuiteOffer(Nes2, OtherKeys, 1, true, true)] });
        Assert.Equal((OtherRsa, Nes2, OtherKeys, SuiteRefusal.None), (followed.Pinned!.Value, followed.Suite, followed.SuiteKeys!.Value, followed.SuiteRefusal));
    }

    [Fact]
    public void Where_the_session_uses_no_other_suite_nothing_follows_from_what_is_missing() =>
        Assert.Equal(Upgraded, Upgraded.Seen(new ShownKeys(Rsa, Vouching.None)));

    private static SuiteOffer Offer(long revision) => new(Nes2, Keys, revision, IsTaken: true, IsFresh: true);

    private static ContactEntry Seen(ContactEntry entry, params SuiteOffer[] offers) => entry.Seen(new ShownKeys(Rsa, Vouching.None) { Suites = offers });
}
