using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.Session;
using NesActors.Testing;
using static NesActors.Core.Conversation.ConversationProtocol;
using static NesActors.Core.Transport.TransportProtocol;

namespace NesActors.Core.Tests.Conversation;

/// <summary>A conversation with somebody who numbers messages, and may confirm ours.</summary>
public abstract class DeliverySpec : ConversationSpec
{
    protected static readonly StreamId Amys = StreamId.New();
    protected static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(60);
    protected static readonly Backoff Soon = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10), 0);
    protected static readonly Backoff Never = new(TimeSpan.FromDays(10), TimeSpan.FromDays(10), 0);

    protected DeliverySpec() => Tuning = Tuning with { ConfirmDelay = TimeSpan.FromMilliseconds(5), ConfirmInterval = TimeSpan.FromMilliseconds(5), Resend = Never };

    protected void MarkRead(IActorRef conversation)
    {
        Assert.True(Store.MarkReadAsync(Amy, null, default).IsCompletedSuccessfully);
        conversation.Tell(new ReadHere());
    }

    /// <summary>The conversation gets to know amy's keys, by a message of the original's kind that is then deleted.</summary>
    protected void Meet(IActorRef conversation)
    {
        Deliver(conversation, "who I am");
        AnswerKeys();
        AwaitStored(1);
        Assert.Equal(1, Store.DeleteConversationAsync(Amy, default).Result);
        Session.ExpectMsg<SessionProtocol.Events.FrameReceived>(Patience);
        Session.IgnoreMessages(message => message is SessionProtocol.Events.OutboxChanged or SessionProtocol.Events.StandingChanged or SessionProtocol.Events.FrameReceived or SessionProtocol.Events.FrameDropped);
        Directory.SetAutoPilot(new KeysOfAmy("1"));
    }

    protected void Arrive(IActorRef conversation, long number, string text) =>
        Take(conversation, text, new Contracts.Delivery { Stream = Amys, Sequence = number });

    protected void Confirm(IActorRef conversation, StreamId stream, long upTo, ReadOnlyMemory<byte>? beyond = null, string key = "1") =>
        Take(conversation, "", new Contracts.Delivery { IsConfirmation = true, Ack = new Acknowledgement(stream, upTo, beyond is { } hash ? [hash] : []) }, key);

    protected void Take(IActorRef conversation, string text, Contracts.Delivery delivery, string key = "1")
    {
        var frame = PlainSuite.Frame(Amy, Me.Value, text, Clock.GetUtcNow(), key, delivery);
        var spoolId = Store.SpoolAsync([frame], default).Result.Single();
        conversation.Tell(new IncomingFrame(Amy, spoolId, new PlainSuite().IdentityOf(Me).Open(frame).Frame!), TestActor);
    }

    protected (MessageId Id, Message Message) Publish(IActorRef conversation, string text)
    {
        var id = Send(conversation, text);
        var message = Published();
        Assert.Equal(text, message.Text);
        AwaitState(id, MessageState.Published);
        return (id, message);
    }

    /// <summary>What is published next, which the broker confirms.</summary>
    protected Message Published() => Read(Repeat().Frame);

    private protected Commands.Publish Repeat()
    {
        var publish = Transport.ExpectMsg<Commands.Publish>(Patience);
        Transport.Reply(new Replies.PublishSettled(publish.Id, PublishResult.Confirmed));
        return publish;
    }

    protected static ReadOnlyMemory<byte> HashOf(Message message) =>
        System.Security.Cryptography.SHA256.HashData(PlainSuite.Frame(message.From, message.To.Value, message.Text, message.SentAt, "1", message.Delivery));

    protected string[] Incoming() => [.. History().Where(message => message.Direction == MessageDirection.Incoming).Select(message => message.Text)];

    protected void AwaitStored(int count) => AwaitCondition(() => Incoming().Length == count, Patience);

    private protected sealed class KeysOfAmy(string key) : Akka.TestKit.AutoPilot
    {
        public override Akka.TestKit.AutoPilot Run(IActorRef sender, object message)
        {
            sender.Tell(new Core.KeyDirectory.KeyDirectoryProtocol.Replies.Found(new PlainSuite.Peer(Amy, key)));
            return this;
        }
    }
}
