using Akka.Actor;
using NesActors.Contracts;
using NesActors.Core.Contacts;
using NesActors.Core.Session;
using static NesActors.Core.Conversation.ConversationProtocol;

namespace NesActors.Core.Tests.Conversation;

/// <summary>Whom the person does not let know what arrives.</summary>
public sealed class ReceiptTests : DeliverySpec
{
    [Fact]
    public void Where_receipts_are_off_neither_a_confirmation_nor_a_text_tells_what_has_arrived()
    {
        Policy = Policy with { SendDeliveryReceipts = false };
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        Arrive(conversation, 1, "one");
        Arrive(conversation, 1, "one");
        AwaitStored(1);
        Transport.ExpectNoMsg(AWhile);
        Assert.Null(Publish(conversation, "an answer").Message.Delivery!.Ack);
    }

    [Fact]
    public void Where_receipts_are_off_nobody_is_told_what_was_read()
    {
        Policy = new ContactPolicy { SendDeliveryReceipts = false, SendReadReceipts = true };
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        Arrive(conversation, 1, "one");
        AwaitStored(1);
        MarkRead(conversation);
        Transport.ExpectNoMsg(AWhile);
    }

    [Fact]
    public void A_contact_whom_the_person_tells_is_told_although_others_are_not()
    {
        Policy = Policy with { SendDeliveryReceipts = false };
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        Decide(conversation, true);
        Arrive(conversation, 1, "one");
        Assert.Equal(1, Published().Delivery!.Ack!.UpTo);
    }

    [Fact]
    public void A_contact_who_is_told_again_learns_at_once_what_arrived_meanwhile()
    {
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        Decide(conversation, false);
        Arrive(conversation, 1, "one");
        Arrive(conversation, 2, "two");
        AwaitStored(2);
        Transport.ExpectNoMsg(AWhile);
        Decide(conversation, null);
        var confirmation = Published().Delivery!;
        Assert.Equal((true, 2), (confirmation.IsConfirmation, confirmation.Ack!.UpTo));
    }

    [Fact]
    public void What_is_owed_when_receipts_are_switched_off_is_not_told()
    {
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        conversation.Tell(new Connection(false, null, "cut"));
        Arrive(conversation, 1, "one");
        AwaitStored(1);
        Decide(conversation, false);
        conversation.Tell(new Connection(true, null, null));
        Transport.ExpectNoMsg(AWhile);
    }

    [Fact]
    public void Behind_a_gap_of_which_nobody_is_told_what_came_is_shown_after_a_while()
    {
        Policy = Policy with { SendDeliveryReceipts = false };
        Tuning = Tuning with { GapWait = TimeSpan.FromMilliseconds(20) };
        var conversation = Start();
        Meet(conversation);
        Publish(conversation, "hello");
        Arrive(conversation, 5, "five");
        AwaitStored(1);
        Transport.ExpectNoMsg(AWhile);
        Arrive(conversation, 4, "four");
        AwaitStored(2);
        Assert.Equal(["five", "four"], Incoming());
    }

    private void Decide(IActorRef conversation, bool? send)
    {
        conversation.Tell(new SessionProtocol.Commands.ChangeContact(Me, Amy, new ContactChange.SendDeliveryReceipts(send)), TestActor);
        Assert.Equal(send, ExpectMsg<SessionProtocol.Replies.ContactAck>(Patience).Contact!.DeliveryReceipts);
    }
}
