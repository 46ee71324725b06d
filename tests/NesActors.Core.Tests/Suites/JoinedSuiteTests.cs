using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Suites;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.RsaAes;
using NesActors.Testing.Vectors;

namespace NesActors.Core.Tests.Suites;

public sealed class JoinedSuiteTests : SuiteSessionSpec
{
    private static readonly DropReason Foreign = DropReason.BadFrame;

    [Fact]
    public void Frames_go_to_the_suite_that_they_begin_as()
    {
        var (amy, ben) = (Make(VectorUser.Amy), Make(VectorUser.Ben));
        var (suite, mine) = Load(amy, Both);
        using var me = suite.ReadPeer(mine.PublicRecord);
        var sender = (JoinedIdentity)Load(ben, Both).Identity;
        foreach (var id in Both)
        {
            var frame = sender.Seal(sender.Compose(new Message(ben.Name, amy.Name, Clock.GetUtcNow(), id), id), me).Bytes;
            var opened = Assert.IsType<JoinedFrame>(mine.Open(frame).Frame);
            using var from = suite.ReadPeer(sender.PublicRecord);
            Assert.Equal((id, id), (opened.Suite, opened.Verify(from)!.Text));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("NES3 of some later program")]
    [InlineData("NES2")]
    [InlineData("{\"no\":\"frame\"}")]
    public void What_is_no_frame_of_any_suite_is_dropped(string frame) => Assert.Equal(Foreign, Load(Make(VectorUser.Amy), Both).Identity.Open(Encoding.ASCII.GetBytes(frame)).Reason);

    [Fact]
    public void A_frame_of_a_suite_that_is_not_used_is_dropped()
    {
        var (amy, ben) = (Make(VectorUser.Amy), Make(VectorUser.Ben));
        using var me = Load(ben, Both).Suite.ReadPeer(RecordOf(amy));
        var sender = (JoinedIdentity)Load(ben, Both).Identity;
        var frame = sender.Seal(sender.Compose(new Message(ben.Name, amy.Name, Clock.GetUtcNow(), "hello"), "nes2"), me).Bytes;
        Assert.Equal(Foreign, Load(amy, Older).Identity.Open(frame).Reason);
    }

    [Fact]
    public void A_content_from_before_there_were_several_suites_is_the_lowest_one_s()
    {
        var (amy, ben) = (Make(VectorUser.Amy), Make(VectorUser.Ben));
        var (suite, identity) = Load(amy, Both);
        using var old = new RsaAesSuite().LoadIdentity(amy.Name, amy.Keys, Clock);
        using var recipient = suite.ReadPeer(RecordOf(ben));
        var content = old.Compose(new Message(amy.Name, ben.Name, Clock.GetUtcNow(), "queued long ago"));
        Assert.True(new RsaAesSuite().Recognizes(identity.Seal(content, recipient).Bytes));
    }

    [Fact]
    public void A_record_says_which_suites_are_used()
    {
        var amy = Make(VectorUser.Amy);
        foreach (var used in new[] { Both, Older, ["nes2"] })
        {
            using var peer = new Nes2Suite().ReadPeer(RecordOf(amy, used));
            Assert.Equal(used, peer.Statement!.Suites);
        }
    }

    [Fact]
    public void Without_keys_for_the_better_suite_there_is_nothing_of_it_in_the_record()
    {
        var identity = new JoinedSuite(new RsaAesSuite(), [new Nes2Suite()], Both, Clock).LoadIdentity(VectorUser.Amy.Username, VectorUser.Amy.KeyStore(), Clock);
        Assert.Equal([PublicRecord.MessageKey, PublicRecord.SignKey], identity.PublicRecord.Entries.Keys.Order());
    }

    [Theory]
    [InlineData("nes1", "nes2")]
    [InlineData("nes2")]
    public void The_fingerprint_is_that_of_the_lowest_suite_also_where_it_is_not_used(params string[] used)
    {
        var (suite, identity) = Load(Make(VectorUser.Amy), used);
        using var alone = new RsaAesSuite().ReadPeer(VectorUser.Amy.PublicRecord);
        using var peer = suite.ReadPeer(identity.PublicRecord);
        Assert.Equal((alone.Fingerprint, alone.Fingerprint), (identity.Fingerprint, peer.Fingerprint));
    }

    [Fact]
    public void Where_the_better_suite_cannot_be_used_just_now_nobody_of_whom_it_was_seen_is_sent_to_without()
    {
        var ben = Make(VectorUser.Ben);
        using var keys = new JoinedSuite(new RsaAesSuite(), [], Both, Clock).ReadPeer(RecordOf(ben));
        var contact = new Contact(ben.Name, TrustState.Pinned, keys.Fingerprint, null, 0);
        Assert.Equal("nes1", SuiteChoice.Of(contact, keys, null, Clock.GetUtcNow()).Suite);
        Assert.Equal(SendFailure.SuiteDowngraded, SuiteChoice.Of(contact with { Suite = "nes2" }, keys, null, Clock.GetUtcNow()).Failure);
    }

    [Fact]
    public void Where_the_settings_leave_the_lowest_suite_alone_that_is_the_person_s_word_for_all()
    {
        var ben = Make(VectorUser.Ben);
        using var keys = Load(ben, Older).Suite.ReadPeer(RecordOf(ben));
        var contact = new Contact(ben.Name, TrustState.Pinned, keys.Fingerprint, null, 0) { Suite = "nes2", SuiteRefusal = SuiteRefusal.Missing };
        Assert.Equal("nes1", SuiteChoice.Of(contact, keys, null, Clock.GetUtcNow()).Suite);
    }

    [Fact]
    public void Where_the_settings_leave_the_better_suite_alone_it_is_used_also_after_the_person_had_let_messages_go_without()
    {
        var ben = Make(VectorUser.Ben);
        using var keys = Load(ben, ["nes2"]).Suite.ReadPeer(RecordOf(ben));
        var contact = new Contact(ben.Name, TrustState.Pinned, keys.Fingerprint, null, 0) { SuiteKeys = keys.Offers()!.Single().Keys };
        Assert.Equal("nes2", SuiteChoice.Of(contact, keys, null, Clock.GetUtcNow()).Suite);
        Assert.Equal(SendFailure.OwnKeysUnseen, SuiteChoice.Of(contact, keys, new HashSet<string>(), Clock.GetUtcNow()).Failure);
        Assert.Contains("expired", Problem(SuiteChoice.Of(contact, keys, null, Clock.GetUtcNow().AddDays(15))), StringComparison.Ordinal);
        using var left = Load(ben, ["nes2"]).Suite.ReadPeer(RecordOf(ben, Older));
        Assert.Contains("do not use suite nes2", Problem(SuiteChoice.Of(contact, left, null, Clock.GetUtcNow())), StringComparison.Ordinal);
        using var none = Load(ben, ["nes2"]).Suite.ReadPeer(Stripped(RecordOf(ben)));
        Assert.Contains("nes2", Problem(SuiteChoice.Of(contact, none, null, Clock.GetUtcNow())), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_settings_leave_the_better_suite_alone_what_was_seen_of_it_counts_all_the_same()
    {
        var ben = Make(VectorUser.Ben);
        using var keys = Load(ben, ["nes2"]).Suite.ReadPeer(RecordOf(ben));
        var contact = new Contact(ben.Name, TrustState.Pinned, keys.Fingerprint, null, 0) { Suite = "nes2", SuiteRefusal = SuiteRefusal.Older };
        Assert.Equal(SendFailure.SuiteDowngraded, SuiteChoice.Of(contact, keys, null, Clock.GetUtcNow()).Failure);
    }

    [Fact]
    public void Suites_that_are_not_over_the_lowest_one_cannot_be_joined() =>
        Assert.Throws<ArgumentException>(() => new JoinedSuite(new Nes2Suite(), [new RsaAesSuite()], Both, Clock));

    private static string? Problem(SuiteChoice choice)
    {
        Assert.Equal((null, SendFailure.BadKeys), (choice.Suite, choice.Failure));
        return choice.Detail;
    }
}
