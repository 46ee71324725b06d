using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Conversation;
using NesActors.Core.Session;
using NesActors.Testing;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Queries;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Tests.Conversation;

public sealed class IncomingTests : ConversationSpec
{
    [Fact]
    public void Stores_what_verifies_in_the_order_of_arrival()
    {
        var conversation = Start();
        foreach (var text in new[] { "one", "two", "three" }) Deliver(conversation, text);
        AnswerKeys();
        for (var i = 0; i < 3; i++) Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
        Assert.Equal(["one", "two", "three"], History().Select(message => message.Text));
        Assert.Equal(0, Store.SpoolCount);
    }

    [Fact]
    public void Verifies_under_keys_that_have_expired_when_the_directory_has_no_newer_ones_after_one_look_each()
    {
        var expired = new PlainSuite.Peer(Amy, "1") { UsableUntil = Clock.GetUtcNow().AddDays(-1) };
        var conversation = Start();
        foreach (var text in new[] { "late", "later" })
        {
            Deliver(conversation, text);
            Directory.ExpectMsg<GetKeys>(Patience);
            Directory.Reply(new KeyAnswer.Found(expired));
            Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
        }

        Directory.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Assert.Equal(["late", "later"], History().Select(message => message.Text));
    }

    [Fact]
    public void Looks_a_strangers_name_up_as_a_strangers()
    {
        Deliver(Start(), "hello");
        Assert.True(Directory.ExpectMsg<GetKeys>(Patience).IsStranger);
    }

    [Fact]
    public void Drops_all_that_waits_when_the_directory_knows_no_such_sender_and_leaves_memory()
    {
        var conversation = Start();
        Session.Watch(conversation);
        var spooled = Deliver(conversation, "hello");
        Directory.ExpectMsg<GetKeys>(Patience);
        Directory.Reply(new KeyAnswer.NoSuchUser());
        Assert.Equal(new SessionProtocol.Events.FrameDropped(spooled, DropReason.UnknownSender), Session.ExpectMsg<SessionProtocol.Events.FrameDropped>(Patience));
        Session.ExpectMsg<ConversationProtocol.Passivate>(Patience);
        Session.Reply(new ConversationProtocol.Stop());
        Session.ExpectTerminated(conversation, Patience);
    }

    [Fact]
    public void Goes_on_when_something_came_before_it_could_stop()
    {
        var conversation = Start();
        Deliver(conversation, "hello");
        conversation.Tell(new ConversationProtocol.Stop(), Session);
        Assert.Equal(Amy, Session.ExpectMsg<ConversationProtocol.StillBusy>(Patience).Contact);
    }

    [Fact]
    public void Keeps_frames_while_the_directory_is_down()
    {
        Tuning = Tuning with { KeyRetry = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5), 0) };
        Deliver(Start(), "hello");
        for (var i = 0; i < 3; i++)
        {
            Directory.ExpectMsg<GetKeys>(Patience);
            Directory.Reply(new KeyAnswer.Unavailable("down"));
        }

        Assert.Equal(1, Store.SpoolCount);
        AnswerKeys();
        Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
    }

    [Fact]
    public void Drops_what_the_sender_did_not_sign_after_one_look_for_newer_keys_an_hour()
    {
        var conversation = StartWithTheLookSpent();

        // Newer keys may have signed it: it waits, and keeps nobody else waiting.
        Deliver(conversation, "forged again", key: "9");
        Deliver(conversation, "mine again");
        Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
        Directory.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Session.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        Clock.Advance(Tuning.RefreshInterval + TimeSpan.FromSeconds(1));
        Deliver(conversation, "and again", key: "9");
        AnswerRefresh("1");
        ExpectDropped(DropReason.BadSignature);
        ExpectDropped(DropReason.BadSignature);
    }

    [Fact]
    public void What_newer_keys_signed_while_the_directory_was_not_to_be_asked_is_shown_in_its_order_when_it_was()
    {
        var conversation = StartWithTheLookSpent();

        Deliver(conversation, "new keys", key: "2");
        Deliver(conversation, "new keys too", key: "2");
        Clock.Advance(Tuning.RefreshInterval + TimeSpan.FromSeconds(1));
        Deliver(conversation, "and again", key: "2");
        AnswerRefresh("2");
        for (var i = 0; i < 3; i++) Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
        Assert.Equal(["mine", "new keys", "new keys too", "and again"], History().Select(message => message.Text));
    }

    [Fact]
    public void What_waits_for_newer_keys_is_looked_through_when_the_time_has_come_whether_something_else_arrives_or_not()
    {
        Tuning = Tuning with { RefreshInterval = TimeSpan.FromMilliseconds(50) };
        var conversation = StartWithTheLookSpent();
        Deliver(conversation, "new keys", key: "2");
        Clock.Advance(TimeSpan.FromMinutes(1));
        AnswerRefresh("2");
        Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
    }

    [Fact]
    public void Does_not_look_again_for_what_came_before_the_keys_were_asked_for()
    {
        var conversation = Start();
        Deliver(conversation, "forged", key: "9");
        AnswerKeys();
        ExpectDropped(DropReason.BadSignature);

        // And so has a look left for what comes under newer ones.
        Deliver(conversation, "new keys", key: "2");
        AnswerRefresh("2");
        Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
    }

    [Fact]
    public void Shows_what_comes_under_changed_keys_and_marks_it()
    {
        var conversation = Start();
        Deliver(conversation, "old keys");
        AnswerKeys("1");
        Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
        Deliver(conversation, "new keys", key: "2");
        AnswerKeys("2");
        Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
        Assert.Equal([false, true], History().Select(message => message.UnderChangedKey));
        Assert.Equal(TrustState.Changed, ContactNow().Trust);
    }

    [Fact]
    public void Drops_a_repeat_even_of_another_frame_with_the_same_content()
    {
        var conversation = Start();
        var sentAt = Clock.GetUtcNow();
        Deliver(conversation, "hello", sentAt: sentAt);
        AnswerKeys();
        Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
        Deliver(conversation, "hello", sentAt: sentAt);
        ExpectDropped(DropReason.Repeated);
        Assert.Single(History());
    }

    [Fact]
    public void Shows_and_marks_what_is_far_from_our_time()
    {
        var conversation = Start();
        DateTimeOffset[] times = [Clock.GetUtcNow().AddDays(-31), Clock.GetUtcNow().AddDays(-29), Clock.GetUtcNow().AddMinutes(4), Clock.GetUtcNow().AddMinutes(6)];
        foreach (var time in times) Deliver(conversation, "hello", sentAt: time);
        AnswerKeys();
        foreach (var _ in times) Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
        Assert.Equal([true, false, false, true], History().Select(message => message.IsOutOfTime));
    }

    [Fact]
    public void Drops_frames_of_a_sender_whose_keys_must_not_be_used()
    {
        Deliver(Start(), "hello");
        Directory.ExpectMsg<GetKeys>(Patience);
        Directory.Reply(new KeyAnswer.Untrusted("weak"));
        ExpectDropped(DropReason.BadKeys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_comes_from_a_contact_waits_while_nobody_proves_that_the_keys_are_gone(bool isUntrusted)
    {
        var conversation = Start();
        Deliver(conversation, "one");
        AnswerKeys();
        Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
        Clock.Advance(Tuning.KeyTtl + TimeSpan.FromDays(2));
        var later = Start();
        Deliver(later, "two");
        Directory.ExpectMsg<GetKeys>(Patience);
        Directory.Reply(isUntrusted ? new KeyAnswer.Untrusted("a page of some network") : new KeyAnswer.NoSuchUser());
        AnswerKeys();
        AwaitCondition(() => History().Count == 2, Patience);
    }

    /// <summary>One message has come, and behind it a forged one, for which the directory was asked again: that it may not be for an hour.</summary>
    private IActorRef StartWithTheLookSpent()
    {
        var conversation = Start();
        Deliver(conversation, "mine");
        AnswerKeys();
        Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
        Deliver(conversation, "forged", key: "9");
        AnswerRefresh("1");
        ExpectDropped(DropReason.BadSignature);
        return conversation;
    }

    private void AnswerRefresh(string key)
    {
        Assert.True(Directory.ExpectMsg<GetKeys>(Patience).Refresh);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Directory.Reply(KeysNow(key));
    }

    private void ExpectDropped(DropReason reason) =>
        Assert.Equal(reason, Session.FishForMessage<SessionProtocol.Events.FrameDropped>(_ => true, Patience).Reason);
}
