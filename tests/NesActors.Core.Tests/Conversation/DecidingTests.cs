using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Contacts;
using NesActors.Core.Hosting;
using NesActors.Core.Session;
using NesActors.Testing;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;
using Publish = NesActors.Core.Transport.TransportProtocol.Commands.Publish;
using PublishSettled = NesActors.Core.Transport.TransportProtocol.Replies.PublishSettled;

namespace NesActors.Core.Tests.Conversation;

/// <summary>What the person decides while a conversation runs.</summary>
public sealed class DecidingTests : ConversationSpec
{
    private static readonly Backoff Soon = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10), 0);
    private static readonly Contracts.Delivery First = new() { Stream = new StreamId(77), Sequence = 1 };

    public DecidingTests() => Session.IgnoreMessages(message => message is SessionProtocol.Events.OutboxChanged);

    [Fact]
    public void Frames_that_wait_are_dropped_when_their_sender_is_blocked_and_later_ones_too()
    {
        var conversation = Start();
        var waiting = Deliver(conversation, "hello");
        Directory.ExpectMsg<Queries.GetKeys>(Patience);
        Decide(conversation, new ContactChange.Block());
        ExpectStanding(ContactStanding.Blocked);
        ExpectDropped(waiting, DropReason.Blocked);
        ExpectDropped(Deliver(conversation, "hello?"), DropReason.Blocked);
        Assert.Empty(History());
    }

    [Fact]
    public void A_frame_that_is_being_verified_is_dropped_too()
    {
        var conversation = Start();
        var waiting = Deliver(conversation, "hello");
        Directory.ExpectMsg<Queries.GetKeys>(Patience);
        conversation.Tell(new SessionProtocol.Commands.ChangeContact(Me, Amy, new ContactChange.Block()), TestActor);
        Directory.Reply(new KeyAnswer.Found(new PlainSuite.Peer(Amy, "1")));
        ExpectMsg<SessionProtocol.Replies.ContactAck>(Patience);
        var told = Session.FishForMessage<SessionProtocol.Events.FrameDropped>(_ => true, Patience);
        Assert.Equal((waiting, DropReason.Blocked), (told.SpoolId, told.Reason));
    }

    [Fact]
    public void Nothing_is_sent_to_somebody_blocked()
    {
        var conversation = Start(isOnline: false);
        var waiting = Send(conversation, "waits");
        ExpectStanding(ContactStanding.Accepted);
        Decide(conversation, new ContactChange.Block());
        Assert.Equal(SendFailure.Blocked, AwaitState(waiting, MessageState.Failed).Failure);
        Assert.Equal(SendFailure.Blocked, AwaitState(Send(conversation, "too late"), MessageState.Failed).Failure);
        conversation.Tell(new Core.Conversation.ConversationProtocol.Connection(true, null, null));
        Directory.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Decide(conversation, new ContactChange.Unblock());
        Send(conversation, "again");
        AnswerKeys();
        Transport.ExpectMsg<Publish>(Patience);
    }

    [Fact]
    public void What_is_not_confirmed_rests_while_the_recipient_is_blocked_and_goes_on_after()
    {
        Tuning = Tuning with { Resend = Soon };
        var conversation = Accepted();
        Publishes(conversation);
        Decide(conversation, new ContactChange.Block());
        while (Transport.HasMessages) Transport.ReceiveOne(TimeSpan.Zero);
        Transport.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        Decide(conversation, new ContactChange.Unblock());
        Transport.ExpectMsg<Publish>(Patience);
    }

    [Fact]
    public void Who_is_accepted_is_told_what_has_arrived()
    {
        Tuning = Tuning with { ConfirmDelay = TimeSpan.FromMilliseconds(1) };
        var conversation = Start();
        Deliver(conversation, "may I?", delivery: First);
        AnswerKeys();
        ExpectReceived();
        Transport.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Assert.True(Assert.Single(History()).IsRequest);

        Decide(conversation, new ContactChange.Accept());

        var told = Read(Transport.ExpectMsg<Publish>(Patience).Frame).Delivery!;
        Assert.True(told.IsConfirmation);
        Assert.Equal((First.Stream, 1L), (told.Ack!.Stream, told.Ack.UpTo));
    }

    [Fact]
    public void A_stranger_whose_message_is_proved_is_accepted_where_the_settings_say_so()
    {
        Policy = new ContactPolicy { Strangers = StrangerPolicy.Accept };
        var conversation = Start();
        Deliver(conversation, "forged", key: "9");
        AnswerKeys();
        Session.FishForMessage<SessionProtocol.Events.FrameDropped>(_ => true, Patience);
        Assert.Equal(ContactStanding.Stranger, ContactNow().Standing);
        Deliver(conversation, "hello");
        ExpectStanding(ContactStanding.Accepted);
        ExpectReceived();
        Assert.False(Assert.Single(History()).IsRequest);
    }

    [Fact]
    public void What_is_signed_by_other_keys_is_dropped_where_the_settings_want_none()
    {
        Policy = new ContactPolicy { KeyChanges = KeyChangePolicy.Never };
        var conversation = Accepted();
        var frame = Deliver(conversation, "new keys", key: "2");
        AnswerKeys("2");
        ExpectDropped(frame, DropReason.KeyChanged);
        Assert.Equal(TrustState.Changed, ContactNow().Trust);
        Decide(conversation, new ContactChange.AcceptKeys(FingerprintOf("2")));
        Deliver(conversation, "new keys again", key: "2");
        ExpectReceived();
    }

    [Fact]
    public void Keys_that_the_owner_signed_for_are_used_at_once_where_the_settings_say_so()
    {
        Policy = new ContactPolicy { KeyChanges = KeyChangePolicy.AcceptSignedChange };
        var conversation = Accepted();
        Deliver(conversation, "new keys", key: "2");
        AnswerKeys("2");
        Assert.Equal(new Queries.JudgeChange(Amy, FingerprintOf("1"), FingerprintOf("2")), Directory.ExpectMsg<Queries.JudgeChange>(Patience));
        Directory.Reply(new ChangeJudged(FingerprintOf("1"), true));
        ExpectReceived();
        Assert.False(History()[^1].UnderChangedKey);
        Assert.Equal((FingerprintOf("2"), PinOrigin.SignedChange), (ContactNow().Pinned!.Value, ContactNow().PinnedBy));
        Send(conversation, "to the new keys");
        AnswerKeys("2");
        Transport.ExpectMsg<Publish>(Patience);
    }

    [Fact]
    public void Keys_that_the_owner_did_not_sign_for_wait_for_the_person_and_are_asked_about_once()
    {
        Policy = new ContactPolicy { KeyChanges = KeyChangePolicy.AcceptSignedChange };
        var conversation = Accepted();
        Deliver(conversation, "new keys", key: "2");
        AnswerKeys("2");
        Directory.ExpectMsg<Queries.JudgeChange>(Patience);
        Directory.Reply(new ChangeJudged(FingerprintOf("1"), false));
        ExpectReceived();
        Assert.True(History()[^1].UnderChangedKey);
        var id = Send(conversation, "hello?");
        AnswerKeys("2");
        Assert.Equal(SendFailure.KeyChanged, AwaitState(id, MessageState.Failed).Failure);
        Directory.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void While_the_history_of_the_keys_cannot_be_had_all_waits()
    {
        Policy = new ContactPolicy { KeyChanges = KeyChangePolicy.AcceptSignedChange };
        Tuning = Tuning with { KeyRetry = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5), 0) };
        var conversation = Accepted();
        Deliver(conversation, "new keys", key: "2");
        AnswerKeys("2");
        Directory.ExpectMsg<Queries.JudgeChange>(Patience);
        Directory.Reply(new ChangeJudged(FingerprintOf("1"), null));
        AnswerKeys("2");
        Directory.ExpectMsg<Queries.JudgeChange>(Patience);
        Directory.Reply(new ChangeJudged(FingerprintOf("1"), true));
        ExpectReceived();
        Assert.False(History()[^1].UnderChangedKey);
    }

    [Fact]
    public void What_was_not_confirmed_is_sent_to_the_new_keys_as_soon_as_they_are_accepted()
    {
        var conversation = Accepted();
        var id = Publishes(conversation);
        Deliver(conversation, "new keys", key: "2");
        AnswerKeys("2");
        ExpectReceived();

        Decide(conversation, new ContactChange.AcceptKeys(FingerprintOf("2")));

        // It may have been sent again to the old ones before.
        Transport.FishForMessage<Publish>(publish => publish.Id == id && Store.UnconfirmedAsync(Amy, 10, default).Result.Single().Frame.Recipient == FingerprintOf("2"), Patience);
    }

    [Fact]
    public void Somebody_forgotten_is_met_for_the_first_time_again()
    {
        var conversation = Accepted();
        Decide(conversation, new ContactChange.Forget());
        ExpectStanding(ContactStanding.Stranger);
        Assert.Empty(History());

        Deliver(conversation, "hello", key: "2");
        AnswerKeys("2");
        ExpectReceived();

        Assert.Equal((TrustState.Pinned, FingerprintOf("2"), ContactStanding.Stranger), (ContactNow().Trust, ContactNow().Pinned!.Value, ContactNow().Standing));
        Assert.True(Assert.Single(History()).IsRequest);
    }

    [Fact]
    public void A_frame_that_waits_while_its_sender_is_forgotten_is_looked_through_under_keys_seen_anew()
    {
        Policy = new ContactPolicy { KeyChanges = KeyChangePolicy.AcceptSignedChange };
        var conversation = Accepted();
        Deliver(conversation, "who am I?", key: "2");
        AnswerKeys("2");
        Directory.ExpectMsg<Queries.JudgeChange>(Patience);
        Decide(conversation, new ContactChange.Forget());
        AnswerKeys("2");
        ExpectReceived();
        Assert.Equal((FingerprintOf("2"), PinOrigin.FirstSeen), (ContactNow().Pinned!.Value, ContactNow().PinnedBy));
        Assert.True(Assert.Single(History()).IsRequest);
    }

    [Fact]
    public void Nothing_unconfirmed_goes_to_somebody_forgotten()
    {
        Tuning = Tuning with { Resend = Soon };
        var conversation = Accepted();
        Publishes(conversation);
        Decide(conversation, new ContactChange.Forget());
        while (Transport.HasMessages) Transport.ReceiveOne(TimeSpan.Zero);
        Transport.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void Nobody_is_forgotten_while_something_waits_to_go_out()
    {
        var conversation = Start(isOnline: false);
        Send(conversation, "waits");
        conversation.Tell(new SessionProtocol.Commands.ChangeContact(Me, Amy, new ContactChange.Forget()), TestActor);
        Assert.Null(ExpectMsg<SessionProtocol.Replies.ContactAck>(Patience).Contact);
        conversation.Tell(new Core.Conversation.ConversationProtocol.Connection(true, null, null));
        AnswerKeys();
        Transport.ExpectMsg<Publish>(Patience);
    }

    [Fact]
    public void A_decision_is_made_and_told_before_the_conversation_may_stop()
    {
        var conversation = Start();
        conversation.Tell(new SessionProtocol.Commands.ChangeContact(Me, Amy, new ContactChange.Block()), TestActor);
        conversation.Tell(new Core.Conversation.ConversationProtocol.Stop(), Session);
        Assert.Equal(ContactStanding.Blocked, ExpectMsg<SessionProtocol.Replies.ContactAck>(Patience).Contact!.Standing);
        ExpectStanding(ContactStanding.Blocked);
    }

    [Fact]
    public void A_forged_message_leads_to_no_look_up_for_an_hour_also_in_the_next_session()
    {
        var conversation = Start();
        Deliver(conversation, "mine");
        AnswerKeys();
        Deliver(conversation, "forged", key: "9");
        Assert.True(Directory.ExpectMsg<Queries.GetKeys>(Patience).Refresh);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Directory.Reply(KeysNow("1"));
        Session.FishForMessage<SessionProtocol.Events.FrameDropped>(_ => true, Patience);

        var next = Start();
        Deliver(next, "mine too");
        AnswerKeys();
        Deliver(next, "forged again", key: "9");
        Directory.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        Clock.Advance(Tuning.RefreshInterval + TimeSpan.FromSeconds(1));
        Deliver(next, "and again", key: "9");
        Assert.True(Directory.ExpectMsg<Queries.GetKeys>(Patience).Refresh);
    }

    /// <summary>A conversation with somebody accepted, who confirms, and one message of whom has come.</summary>
    private IActorRef Accepted()
    {
        Tuning = Tuning with { ConfirmDelay = TimeSpan.FromHours(1) };
        Store.ChangeContactAsync(Amy, new ContactChange.Accept(), default).Wait(Patience);
        var conversation = Start();
        Deliver(conversation, "hello", delivery: First);
        AnswerKeys();
        ExpectReceived();
        return conversation;
    }

    private MessageId Publishes(IActorRef conversation)
    {
        var id = Send(conversation, "one");
        AnswerKeys();
        Transport.ExpectMsg<Publish>(Patience);
        Transport.Reply(new PublishSettled(id, PublishResult.Confirmed));
        AwaitState(id, MessageState.Published);
        return id;
    }

    private void Decide(IActorRef conversation, ContactChange change)
    {
        conversation.Tell(new SessionProtocol.Commands.ChangeContact(Me, Amy, change), TestActor);
        Assert.NotNull(ExpectMsg<SessionProtocol.Replies.ContactAck>(Patience).Contact);
    }

    private void ExpectReceived() => Session.FishForMessage<SessionProtocol.Events.FrameReceived>(_ => true, Patience);

    private void ExpectStanding(ContactStanding standing) =>
        Assert.Equal(new SessionProtocol.Events.StandingChanged(Amy, standing), Session.FishForMessage<SessionProtocol.Events.StandingChanged>(_ => true, Patience));

    private void ExpectDropped(Core.Storage.SpoolId id, DropReason reason) =>
        Assert.Equal(new SessionProtocol.Events.FrameDropped(id, reason), Session.FishForMessage<SessionProtocol.Events.FrameDropped>(_ => true, Patience));
}
