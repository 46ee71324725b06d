using Akka.Actor;
using Akka.TestKit;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Conversation;
using NesActors.Core.Crypto;
using NesActors.Core.Session;
using NesActors.Core.Storage;
using NesActors.Core.Storage.InMemory;
using NesActors.Core.Tests.Doubles;
using NesActors.Testing;
using static NesActors.Core.Conversation.ConversationProtocol;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Queries;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Tests.Conversation;

/// <summary>The conversation with amy, alone: directory, transport and session are probes; the crypto worker and the store are real.</summary>
public abstract class ConversationSpec : ActorSpec
{
    protected ConversationSpec()
    {
        (Session, Directory, Transport) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        Store = new InMemoryMessageStore(Clock);
        Session.IgnoreMessages(message => message is SessionProtocol.Events.OutboxChanged or SessionProtocol.Events.StandingChanged);
    }

    protected TestProbe Session { get; }

    protected TestProbe Directory { get; }

    protected TestProbe Transport { get; }

    private protected InMemoryMessageStore Store { get; }

    private protected ContactPolicy Policy { get; set; } = new();

    protected IActorRef Start(bool isOnline = true, bool receives = true) => Start(Store, isOnline, receives);

    private protected IActorRef Start(IMessageStore store, bool isOnline = true, bool receives = true)
    {
        var crypto = Sys.ActorOf(Props.Create(() => new CryptoWorker(new PlainSuite().IdentityOf(Me, "1"))));
        var services = new ConversationServices(Me, Directory, crypto, Transport, store, Tuning, Clock) { Receives = receives, Policy = Policy };
        return Session.ChildActorOf(Props.Create(() => new ConversationActor(Amy, new Connection(isOnline, null, null), services)));
    }

    protected MessageId Send(IActorRef conversation, string text)
    {
        var id = MessageId.New(Clock);
        conversation.Tell(new SessionProtocol.Commands.SendMessage(Me, id, Amy, text), TestActor);
        Assert.Equal(new SessionProtocol.Replies.SendAck(id), ExpectMsg<SessionProtocol.Replies.SendAck>(Patience));
        return id;
    }

    private protected SpoolId Deliver(IActorRef conversation, string text, string key = "1", DateTimeOffset? sentAt = null, Contracts.Delivery? delivery = null)
    {
        // Keys that were asked for before can be told from those asked for later.
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        var frame = PlainSuite.Frame(Amy, Me.Value, text, sentAt ?? Clock.GetUtcNow(), key, delivery);
        var spoolId = Store.SpoolAsync([frame], default).Result.Single();
        var opened = new PlainSuite().IdentityOf(Me).Open(frame).Frame!;
        conversation.Tell(new IncomingFrame(Amy, spoolId, opened), TestActor);
        return spoolId;
    }

    protected void AnswerKeys(string key = "1")
    {
        Directory.ExpectMsg<GetKeys>(Patience);
        Directory.Reply(KeysNow(key));
    }

    /// <summary>What the directory says when it is asked now.</summary>
    private protected KeyAnswer.Found KeysNow(string key) => new(new PlainSuite.Peer(Amy, key)) { AskedAt = Clock.GetTimestamp() };

    protected StoredMessage State(MessageId id) => Store.FindAsync(id, default).Result!;

    protected StoredMessage AwaitState(MessageId id, MessageState state)
    {
        AwaitCondition(() => State(id).State == state, Patience);
        return State(id);
    }

    /// <summary>What amy reads in a frame.</summary>
    protected static Message Read(ReadOnlyMemory<byte> frame) => new PlainSuite().IdentityOf(Amy).Open(frame).Frame!.Verify(new PlainSuite.Peer(Me, "1"))!;

    protected static Fingerprint FingerprintOf(string key) => new PlainSuite.Peer(Amy, key).Fingerprint;

    protected Contact ContactNow() => Store.ContactAsync(Amy, default).Result;

    protected IReadOnlyList<StoredMessage> History() => Store.HistoryAsync(Amy, null, null, 100, default).Result;
}
