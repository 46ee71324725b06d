using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Session;
using NesActors.Core.Tests.Doubles;
using static NesActors.Core.Conversation.ConversationProtocol;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Queries;
using static NesActors.Core.Transport.TransportProtocol;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Tests.Conversation;

public sealed class OutgoingTests : ConversationSpec
{
    [Fact]
    public void Looks_the_keys_up_seals_publishes_and_says_published_when_the_broker_has_it()
    {
        var id = Send(Start(), "hello");
        Assert.Equal(MessageState.Queued, State(id).State);
        AnswerKeys();
        var publish = Transport.ExpectMsg<Commands.Publish>(Patience);
        Assert.Equal(Amy, publish.Mailbox);
        Assert.EndsWith("|hello", System.Text.Encoding.UTF8.GetString(publish.Frame.Span), StringComparison.Ordinal);
        Transport.Reply(new Replies.PublishSettled(id, PublishResult.Confirmed));
        AwaitState(id, MessageState.Published);
    }

    [Fact]
    public void Sends_one_after_the_other_in_the_order_they_were_written()
    {
        var conversation = Start();
        var ids = Enumerable.Range(0, 5).Select(i => Send(conversation, $"text {i}")).ToList();
        for (var i = 0; i < 5; i++)
        {
            AnswerKeys();
            var publish = Transport.ExpectMsg<Commands.Publish>(Patience);
            Assert.Equal(ids[i], publish.Id);
            var sender = Transport.LastSender;
            Transport.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
            sender.Tell(new Replies.PublishSettled(publish.Id, PublishResult.Confirmed));
        }

        AwaitState(ids[4], MessageState.Published);
    }

    [Fact]
    public void Sends_in_the_order_in_which_they_were_written_down_however_the_store_answers()
    {
        var conversation = Start(OvertakingStore.Over(Store, 5));
        var ids = Enumerable.Range(0, 5).Select(_ => MessageId.New(Clock)).ToList();
        foreach (var id in ids) conversation.Tell(new SessionProtocol.Commands.SendMessage(Me, id, Amy, "hello"), TestActor);
        Assert.Equal(ids, ReceiveN(5, Patience).Cast<SessionProtocol.Replies.SendAck>().Select(ack => ack.Id));
        foreach (var id in ids)
        {
            AnswerKeys();
            Assert.Equal(id, Transport.ExpectMsg<Commands.Publish>(Patience).Id);
            Transport.Reply(new Replies.PublishSettled(id, PublishResult.Confirmed));
        }
    }

    [Fact]
    public void The_same_command_twice_sends_once()
    {
        var conversation = Start();
        var id = Send(conversation, "hello");
        conversation.Tell(new SessionProtocol.Commands.SendMessage(Me, id, Amy, "hello"), TestActor);
        ExpectMsg<SessionProtocol.Replies.SendAck>(Patience);
        AnswerKeys();
        Transport.ExpectMsg<Commands.Publish>(Patience);
        Transport.Reply(new Replies.PublishSettled(id, PublishResult.Confirmed));
        AwaitState(id, MessageState.Published);
        Directory.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Waits_for_a_connection_and_goes_on_when_it_is_there()
    {
        var conversation = Start(isOnline: false);
        var id = Send(conversation, "hello");
        Directory.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        conversation.Tell(new Connection(true, null, null));
        AnswerKeys();
        Assert.Equal(id, Transport.ExpectMsg<Commands.Publish>(Patience).Id);
    }

    [Fact]
    public void Publishes_the_same_bytes_again_when_they_had_certainly_not_left()
    {
        var conversation = Start();
        var id = Send(conversation, "hello");
        AnswerKeys();
        var first = Transport.ExpectMsg<Commands.Publish>(Patience);
        conversation.Tell(new Connection(false, null, "cut"));
        Transport.Reply(new Replies.PublishSettled(id, new PublishResult(PublishOutcome.NotSent, "cut")));
        conversation.Tell(new Connection(true, null, null));
        Assert.True(Transport.ExpectMsg<Commands.Publish>(Patience).Frame.Span.SequenceEqual(first.Frame.Span));
    }

    [Fact]
    public void Says_unknown_when_the_connection_broke_in_between_and_goes_on_with_the_next()
    {
        var conversation = Start();
        var (first, second) = (Send(conversation, "one"), Send(conversation, "two"));
        AnswerKeys();
        Transport.ExpectMsg<Commands.Publish>(Patience);
        Transport.Reply(new Replies.PublishSettled(first, new PublishResult(PublishOutcome.Unknown, "cut in between")));
        Assert.Equal("cut in between", AwaitState(first, MessageState.Unknown).Detail);
        AnswerKeys();
        Assert.Equal(second, Transport.ExpectMsg<Commands.Publish>(Patience).Id);
    }

    [Fact]
    public void Says_failed_when_the_broker_refuses()
    {
        var id = Send(Start(), "hello");
        AnswerKeys();
        Transport.ExpectMsg<Commands.Publish>(Patience);
        Transport.Reply(new Replies.PublishSettled(id, new PublishResult(PublishOutcome.Refused, "not authorised")));
        Assert.Equal(SendFailure.Refused, AwaitState(id, MessageState.Failed).Failure);
    }

    [Fact]
    public void Says_failed_when_the_directory_knows_no_such_user()
    {
        var id = Send(Start(), "hello");
        Directory.ExpectMsg<GetKeys>(Patience);
        Directory.Reply(new KeyAnswer.NoSuchUser());
        Assert.Equal(SendFailure.UnknownUser, AwaitState(id, MessageState.Failed).Failure);
    }

    [Theory]
    [InlineData(SendFailure.KeysRevoked)]
    [InlineData(SendFailure.UserDeleted)]
    public void Says_failed_when_the_recipient_is_gone_and_why(SendFailure failure)
    {
        var id = Send(Start(), "hello");
        Directory.ExpectMsg<GetKeys>(Patience);
        Directory.Reply(new KeyAnswer.Gone(failure, "amy is gone"));
        Assert.Equal((failure, "amy is gone"), (AwaitState(id, MessageState.Failed).Failure, State(id).Detail));
    }

    [Fact]
    public void Says_failed_when_the_keys_are_not_to_be_trusted()
    {
        var id = Send(Start(), "hello");
        Directory.ExpectMsg<GetKeys>(Patience);
        Directory.Reply(new KeyAnswer.Untrusted("wrongly signed"));
        Assert.Equal((SendFailure.BadKeys, "wrongly signed"), (AwaitState(id, MessageState.Failed).Failure, State(id).Detail));
    }

    [Fact]
    public void Asks_again_while_the_directory_does_not_answer()
    {
        Tuning = Tuning with { KeyRetry = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5), 0) };
        var id = Send(Start(), "hello");
        Directory.ExpectMsg<GetKeys>(Patience);
        Directory.Reply(new KeyAnswer.Unavailable("down"));
        AnswerKeys();
        Assert.Equal(id, Transport.ExpectMsg<Commands.Publish>(Patience).Id);
    }

    [Fact]
    public void Sends_nothing_under_changed_keys_until_the_person_accepts_them()
    {
        var conversation = Start();
        var first = Send(conversation, "one");
        AnswerKeys("1");
        Transport.ExpectMsg<Commands.Publish>(Patience);
        Transport.Reply(new Replies.PublishSettled(first, PublishResult.Confirmed));

        var second = Send(conversation, "two");
        AnswerKeys("2");
        Assert.Equal(SendFailure.KeyChanged, AwaitState(second, MessageState.Failed).Failure);
        AwaitCondition(() => ContactNow() is { Trust: TrustState.Changed } contact && contact.Offered == FingerprintOf("2"), Patience);

        conversation.Tell(new SessionProtocol.Commands.ChangeContact(Me, Amy, new ContactChange.AcceptKeys(FingerprintOf("3"))), TestActor);
        Assert.Null(ExpectMsg<SessionProtocol.Replies.ContactAck>(Patience).Contact);
        conversation.Tell(new SessionProtocol.Commands.ChangeContact(Me, Amy, new ContactChange.AcceptKeys(FingerprintOf("2"))), TestActor);
        Assert.NotNull(ExpectMsg<SessionProtocol.Replies.ContactAck>(Patience).Contact);

        var third = Send(conversation, "three");
        AnswerKeys("2");
        Assert.Equal(third, Transport.ExpectMsg<Commands.Publish>(Patience).Id);
    }

    [Theory]
    [InlineData(TransportFailure.Refused, SendFailure.Refused)]
    [InlineData(TransportFailure.Untrusted, SendFailure.BrokerUntrusted)]
    [InlineData(TransportFailure.Misconfigured, SendFailure.BrokerMisconfigured)]
    public void A_one_shot_fails_at_once_where_trying_again_is_no_use(TransportFailure cause, SendFailure expected)
    {
        var conversation = Start(isOnline: false, receives: false);
        var id = Send(conversation, "hello");
        conversation.Tell(new Connection(false, cause, "no use"));
        Assert.Equal(expected, AwaitState(id, MessageState.Failed).Failure);
    }

    [Fact]
    public void A_withdrawn_message_tells_the_cause_of_its_delay()
    {
        var conversation = Start(isOnline: false);
        var offline = Send(conversation, "one");
        conversation.Tell(new Connection(false, TransportFailure.Unreachable, "nobody there"));
        Withdraw(conversation, offline);
        Assert.Equal((SendFailure.BrokerUnavailable, "nobody there"), (State(offline).Failure, State(offline).Detail));

        conversation.Tell(new Connection(true, null, null));
        var noKeys = Send(conversation, "two");
        Directory.ExpectMsg<GetKeys>(Patience);
        Withdraw(conversation, noKeys);
        Assert.Equal(SendFailure.DirectoryUnavailable, State(noKeys).Failure);
    }

    [Fact]
    public void What_may_have_left_cannot_be_withdrawn_and_a_late_confirmation_still_counts()
    {
        var conversation = Start();
        var id = Send(conversation, "hello");
        AnswerKeys();
        Transport.ExpectMsg<Commands.Publish>(Patience);
        Withdraw(conversation, id);
        Assert.Equal(MessageState.Unknown, State(id).State);
        Transport.Reply(new Replies.PublishSettled(id, PublishResult.Confirmed));
        AwaitState(id, MessageState.Published);
    }

    private void Withdraw(IActorRef conversation, MessageId id)
    {
        conversation.Tell(new SessionProtocol.Commands.WithdrawMessage(Me, id, Amy), TestActor);
        ExpectMsg<SessionProtocol.Replies.WithdrawAck>(Patience);
    }
}
