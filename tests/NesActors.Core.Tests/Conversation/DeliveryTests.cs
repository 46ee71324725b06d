using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.Session;
using NesActors.Testing;
using static NesActors.Core.Conversation.ConversationProtocol;
using static NesActors.Core.Transport.TransportProtocol;

namespace NesActors.Core.Tests.Conversation;

public sealed class DeliveryTests : DeliverySpec
{
    [Fact]
    public void A_text_is_numbered_and_tells_what_has_arrived()
    {
        var conversation = Start();
        Meet(conversation);
        Arrive(conversation, 1, "hi");
        AwaitStored(1);
        Send(conversation, "hello");
        var delivery = Published().Delivery!;
        Assert.Equal(1, delivery.Sequence);
        Assert.Equal(new Acknowledgement(Amys, 1, []), delivery.Ack);
    }

    [Fact]
    public void A_stranger_and_a_contact_of_the_originals_kind_see_no_confirmation()
    {
        var conversation = Start();
        Deliver(conversation, "hi");
        AnswerKeys();
        Arrive(conversation, 1, "a stranger's first");
        AwaitStored(2);
        Transport.ExpectNoMsg(AWhile);
    }

    [Fact]
    public void Whom_we_have_written_to_and_who_numbers_messages_is_told_what_arrived_in_few_confirmations()
    {
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        Deliver(conversation, "without a number");
        AwaitStored(1);
        Transport.ExpectNoMsg(AWhile);
        for (var i = 1; i <= 32; i++) Arrive(conversation, i, $"text {i}");
        var last = Published();
        var count = 1;
        while (last.Delivery!.Ack!.UpTo < 32)
        {
            last = Published();
            count++;
        }
        Assert.InRange(count, 1, 8);
        Assert.True(last.Delivery is { IsConfirmation: true, Stream: null, Sequence: null });
        Assert.Equal("", last.Text);
    }

    [Fact]
    public void What_the_contact_confirms_is_delivered_and_not_shown_as_a_message()
    {
        var conversation = Start();
        Meet(conversation);
        var (id, message) = Publish(conversation, "hello");
        Confirm(conversation, message.Delivery!.Stream!.Value, 1);
        AwaitState(id, MessageState.Delivered);
        Session.ExpectMsg<SessionProtocol.Events.ConfirmationTaken>(Patience);
        Assert.DoesNotContain(History(), shown => shown.Direction == MessageDirection.Incoming);
    }

    [Fact]
    public void What_changed_keys_confirm_counts_for_nothing()
    {
        var conversation = Start();
        Meet(conversation);
        var (id, message) = Publish(conversation, "hello");
        Directory.SetAutoPilot(new KeysOfAmy("2"));
        Confirm(conversation, message.Delivery!.Stream!.Value, 1, key: "2");
        Session.ExpectMsg<SessionProtocol.Events.ConfirmationTaken>(Patience);
        Assert.Equal(MessageState.Published, State(id).State);
    }

    [Fact]
    public void What_is_not_confirmed_by_who_confirms_is_sent_again_as_the_same_frame_until_it_is()
    {
        Tuning = Tuning with { Resend = Soon };
        var conversation = Start();
        Meet(conversation);
        Arrive(conversation, 1, "hi");
        AwaitStored(1);
        var (id, message) = Publish(conversation, "hello");
        var (first, second) = (Repeat(), Repeat());
        Assert.Equal((id, id), (first.Id, second.Id));
        Assert.Equal(first.Frame.ToArray(), second.Frame.ToArray());
        Confirm(conversation, message.Delivery!.Stream!.Value, 1);
        AwaitState(id, MessageState.Delivered);
    }

    [Fact]
    public void What_is_not_confirmed_by_who_never_does_is_sent_once()
    {
        Tuning = Tuning with { Resend = Soon };
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        Transport.ExpectNoMsg(AWhile);
    }

    [Fact]
    public void A_message_whose_outcome_is_unknown_is_sent_again_to_who_confirms()
    {
        Tuning = Tuning with { Resend = Soon };
        var conversation = Start();
        Meet(conversation);
        Arrive(conversation, 1, "hi");
        AwaitStored(1);
        var id = Send(conversation, "hello");
        Transport.ExpectMsg<Commands.Publish>(publish => publish.Id == id, Patience);
        Transport.Reply(new Replies.PublishSettled(id, new PublishResult(PublishOutcome.Unknown, "cut")));
        Repeat();
        AwaitState(id, MessageState.Published);
    }

    [Fact]
    public void Something_lost_before_what_arrived_is_sent_again_at_once()
    {
        var conversation = Start();
        Meet(conversation);
        Arrive(conversation, 1, "hi");
        AwaitStored(1);
        var (lost, first) = Publish(conversation, "one");
        var (_, second) = Publish(conversation, "two");
        Confirm(conversation, first.Delivery!.Stream!.Value, 0, HashOf(second));
        Assert.Equal(lost, Transport.ExpectMsg<Commands.Publish>(Patience).Id);
    }

    [Fact]
    public void What_is_still_missing_when_the_contact_tells_so_again_is_sent_once_more()
    {
        var conversation = Start();
        Meet(conversation);
        Arrive(conversation, 1, "hi");
        AwaitStored(1);
        var (lost, first) = Publish(conversation, "one");
        var (_, second) = Publish(conversation, "two");
        for (var times = 0; times < 3; times++)
        {
            Confirm(conversation, first.Delivery!.Stream!.Value, 0, HashOf(second));
            Assert.Equal(lost, Repeat().Id);
            // One that has left just now is not taken for lost.
            Clock.Advance(Tuning.GapWait);
        }
    }

    [Fact]
    public void No_more_than_a_window_is_on_its_way_to_who_confirms()
    {
        Tuning = Tuning with { MaxUnconfirmed = 2 };
        var conversation = Start();
        Meet(conversation);
        Arrive(conversation, 1, "hi");
        AwaitStored(1);
        var (_, message) = Publish(conversation, "one");
        Publish(conversation, "two");
        var third = Send(conversation, "three");
        Transport.ExpectNoMsg(AWhile);
        Confirm(conversation, message.Delivery!.Stream!.Value, 1);
        Assert.Equal(third, Transport.ExpectMsg<Commands.Publish>(Patience).Id);
    }

    [Fact]
    public void What_comes_beyond_a_gap_is_shown_behind_what_fills_it_and_the_sender_learns_of_the_gap()
    {
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        Arrive(conversation, 2, "two");
        Arrive(conversation, 3, "three");
        var ack = Published().Delivery!.Ack!;
        Assert.Equal(0, ack.UpTo);
        Assert.NotEmpty(ack.Beyond);
        Arrive(conversation, 1, "one");
        AwaitStored(3);
        Assert.Equal(["one", "two", "three"], Incoming());
    }

    [Fact]
    public void What_comes_beyond_a_gap_that_nothing_fills_is_shown_after_a_while()
    {
        Tuning = Tuning with { GapWait = TimeSpan.FromMilliseconds(20) };
        var conversation = Start();
        Meet(conversation);
        Arrive(conversation, 5, "five");
        AwaitStored(1);
        Assert.Equal(["five"], Incoming());
    }

    [Fact]
    public void The_sender_is_told_of_a_gap_more_than_once()
    {
        Tuning = Tuning with { GapWait = TimeSpan.FromMilliseconds(60) };
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        Arrive(conversation, 5, "five");
        for (var times = 0; times < 3; times++) Assert.NotEmpty(Published().Delivery!.Ack!.Beyond);
        AwaitStored(1);
    }

    [Fact]
    public void The_sender_is_told_of_a_gap_again_with_each_connection()
    {
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        Arrive(conversation, 5, "five");
        Assert.NotEmpty(Published().Delivery!.Ack!.Beyond);
        conversation.Tell(new Connection(false, null, "cut"));
        conversation.Tell(new Connection(true, null, null));
        Assert.NotEmpty(Published().Delivery!.Ack!.Beyond);
        Assert.Empty(Incoming());
    }

    [Fact]
    public void What_came_beyond_a_gap_is_shown_after_a_while_without_a_connection_too()
    {
        Tuning = Tuning with { GapWait = TimeSpan.FromMilliseconds(20) };
        var conversation = Start();
        Meet(conversation);
        conversation.Tell(new Connection(false, null, "cut"));
        Arrive(conversation, 5, "five");
        Transport.ExpectNoMsg(AWhile);
        Assert.Empty(Incoming());
        Clock.Advance(Tuning.GapWait * 4);
        AwaitStored(1);
    }

    [Fact]
    public void A_repeat_is_shown_once_and_confirmed_again()
    {
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        Arrive(conversation, 1, "hi");
        Assert.Equal(1, Published().Delivery!.Ack!.UpTo);
        Arrive(conversation, 1, "hi");
        Assert.Equal(1, Published().Delivery!.Ack!.UpTo);
        Assert.Equal(["hi"], Incoming());
    }

    [Fact]
    public void The_next_conversation_goes_on_sending_what_is_not_confirmed()
    {
        var before = Start();
        Meet(before);
        Arrive(before, 1, "hi");
        AwaitStored(1);
        var (id, _) = Publish(before, "hello");
        Sys.Stop(before);
        Tuning = Tuning with { Resend = Soon };
        var after = Start();
        after.Tell(new Wake());
        AnswerKeys();
        Assert.Equal(id, Transport.ExpectMsg<Commands.Publish>(Patience).Id);
    }

    [Fact]
    public void What_may_not_have_left_goes_before_all_else_when_there_is_a_connection_again()
    {
        var conversation = Start();
        Meet(conversation);
        Arrive(conversation, 1, "hi");
        AwaitStored(1);
        var first = Send(conversation, "one");
        for (var cut = 0; cut < 2; cut++)
        {
            Assert.Equal(first, Transport.ExpectMsg<Commands.Publish>(Patience).Id);
            conversation.Tell(new Connection(false, null, "cut"));
            Transport.Reply(new Replies.PublishSettled(first, new PublishResult(PublishOutcome.Unknown, "cut")));
            if (cut == 0) AwaitState(first, MessageState.Unknown);
            conversation.Tell(new Connection(true, null, null));
        }
        var second = Send(conversation, "two");
        Assert.Equal([first, second], new[] { Repeat().Id, Repeat().Id });
    }

    [Fact]
    public void What_was_read_is_told_only_where_the_person_wants_it()
    {
        Policy = Policy with { SendReadReceipts = true };
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        Arrive(conversation, 1, "one");
        Arrive(conversation, 2, "two");
        while (Published().Delivery!.Ack!.UpTo < 2) { }
        MarkRead(conversation);
        Assert.Equal(new Acknowledgement(Amys, 2, []) { ReadUpTo = 2 }, Published().Delivery!.Ack);

        conversation.Tell(new SessionProtocol.Commands.ChangeContact(Me, Amy, new ContactChange.SendReadReceipts(false)), TestActor);
        ExpectMsg<SessionProtocol.Replies.ContactAck>(Patience);
        Arrive(conversation, 3, "three");
        Assert.Equal(new Acknowledgement(Amys, 3, []), Published().Delivery!.Ack);
        MarkRead(conversation);
        Transport.ExpectNoMsg(AWhile);
    }

    [Fact]
    public void What_the_contact_has_read_is_read()
    {
        var conversation = Start();
        Meet(conversation);
        var (id, message) = Publish(conversation, "hello");
        Take(conversation, "", new Contracts.Delivery { IsConfirmation = true, Ack = new Acknowledgement(message.Delivery!.Stream!.Value, 1, []) { ReadUpTo = 1 } });
        AwaitState(id, MessageState.Read);
    }
}
