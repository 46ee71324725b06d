using Akka.Actor;
using Akka.Event;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Conversation;
using NesActors.Core.Crypto;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory;
using NesActors.Core.Storage;
using NesActors.Core.Transport;
using static NesActors.Core.Session.SessionProtocol;

namespace NesActors.Core.Session;

/// <summary>
/// One local identity. Owns the transport, the key directory cache, the crypto pool and the conversations; routes commands to conversations and
/// frames through the two inbound stages; counts what is dropped; knows the state of the connection.
/// </summary>
/// <remarks>
/// <code>
/// Starting ──► Online ◄──► Reconnecting        any ──(Shutdown)──► Stopping ──(transport closed)──► stopped
/// </code>
/// </remarks>
internal sealed partial class SessionActor : ReceiveActor, IWithTimers
{
    private readonly NesHostOptions _options;
    private readonly SessionTuning _tuning;
    private readonly IMessageStore _store;
    private readonly OwnRecord _own;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();
    private readonly IActorRef _transport;
    private readonly IActorRef _crypto;
    private readonly Conversations _conversations;
    private readonly Dictionary<Username, int> _outboxes = [];
    private readonly Dictionary<Username, ContactStanding> _standings;

    private ConnectionState _state = ConnectionState.Starting;
    private ConversationProtocol.Connection _connection = new(false, null, null);

    /// <param name="options">What the session is made of.</param>
    /// <param name="tuning">Limits and waits.</param>
    /// <param name="store">What it remembers.</param>
    /// <param name="leftovers">What the session before this one left to be done.</param>
    public SessionActor(NesHostOptions options, SessionTuning tuning, IMessageStore store, Leftovers leftovers)
    {
        _options = options;
        _tuning = tuning;
        _store = store;
        _standings = new Dictionary<Username, ContactStanding>(leftovers.Standings);
        _transport = Context.Watch(Context.ActorOf(ActorProps.Of(() => new TransportActor(options, tuning)), "transport"));
        _crypto = Context.ActorOf(CryptoHosting.Pool(options.Identity, tuning.CryptoWorkers), "crypto");
        _own = new OwnRecord(options.Directory, options.Suite, options.Identity, tuning, options.Clock);
        var keyDirectory = Context.ActorOf(ActorProps.Of(() => new KeyDirectoryActor(options.Directory, options.Suite, tuning, options.Clock, _own)), "key-directory");
        var services = new ConversationServices(options.Identity.User, keyDirectory, _crypto, _transport, store, tuning, options.Clock)
        {
            Receives = options.Receive,
            Policy = options.ContactPolicy,
        };
        var context = Context;
        _conversations = new Conversations(contact => context.Watch(context.ActorOf(
            ActorProps.Of(() => new ConversationActor(contact, _connection, services)), $"conversation-{contact}-{Guid.NewGuid():N}")));
        foreach (var entry in leftovers.Outbox) _conversations.Tell(entry.Message.Contact, new ConversationProtocol.ResumeMessage(entry), Self);
        foreach (var contact in leftovers.Awaited) _conversations.Tell(contact, new ConversationProtocol.Wake(), Self);
        Running();
    }

    private Username Me => _options.Identity.User;

    /// <summary>A conversation that fails has lost what it was about to send and to verify: the session ends, and says so, rather than go on without.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    protected override void PreStart()
    {
        Log(ConnectionState.Starting);
        if (!_options.Receive) return;
        ReadSpool(after: default);
        // Not at once: what is due is renewed when a session begins.
        Timers.StartPeriodicTimer(nameof(AnnounceDue), new AnnounceDue(), _tuning.AnnounceInterval / 100, _tuning.AnnounceInterval);
    }

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private void Running()
    {
        Receive<Commands.SendMessage>(send => _conversations.Tell(send.To, send, Sender));
        Receive<Commands.WithdrawMessage>(withdraw => _conversations.Tell(withdraw.To, withdraw, Sender));
        Receive<Commands.ChangeContact>(change => _conversations.Tell(change.Contact, change, Sender));
        Receive<Queries.LookUpKeys>(query => _conversations.Tell(query.Contact, query, Sender));
        Receive<Commands.TellRead>(tell => _conversations.Tell(tell.Contact, new ConversationProtocol.ReadHere(), Self));
        Receive<TransportProtocol.Events.Online>(_ => Connected());
        Receive<TransportProtocol.Events.Offline>(offline => Disconnected(offline.Failure, offline.Detail));
        Receive<Commands.Shutdown>(_ => Shutdown());
        Inbound();
        Announcing();
        Always();
    }

    private void Stopping()
    {
        Receive<Commands.SendMessage>(send => Sender.Tell(new Replies.SendNack(send.Id, "The session ends.")));
        Receive<Terminated>(ended => ended.ActorRef.Equals(_transport), _ => Context.Stop(Self));
        Always();
    }

    private void Always()
    {
        Receive<Queries.GetStatus>(_ => Sender.Tell(Status()));
        Receive<Events.OutboxChanged>(changed => _outboxes[changed.Contact] = changed.Waiting);
        Receive<Events.StandingChanged>(changed =>
        {
            // Strangers may be many.
            if (changed.Standing == ContactStanding.Stranger) _standings.Remove(changed.Contact);
            else _standings[changed.Contact] = changed.Standing;
        });
        Receive<ConversationProtocol.Passivate>(passivate => _conversations.Stop(passivate.Contact, Self));
        Receive<ConversationProtocol.StillBusy>(busy => _conversations.StillBusy(busy.Contact));
        Receive<Terminated>(ended => _conversations.Stopped(ended.ActorRef));
        Receive<StoreFailed>(failed => throw new InvalidOperationException("The message store failed.", failed.Cause));
        Receive<Done>(_ => { });
        AlwaysAnnouncing();
    }

    private void Connected()
    {
        _state = ConnectionState.Online;
        _connection = new ConversationProtocol.Connection(true, null, null);
        _log.Info("Connected to {0}", _options.TransportOptions.Address);
        Log(_state);
        _conversations.TellAll(_connection);
    }

    private void Disconnected(TransportFailure? failure, string detail)
    {
        _state = ConnectionState.Reconnecting;
        _connection = new ConversationProtocol.Connection(false, failure, detail);
        ForgetUnacknowledged();
        Log(_state, failure, detail);
        _conversations.TellAll(_connection);
    }

    private void Shutdown()
    {
        _state = ConnectionState.Stopping;
        Log(_state);
        _transport.Tell(new TransportProtocol.Commands.Close());
        Become(Stopping);
    }

    private MessengerStatus Status() => new(
        Me, _state, _connection.Detail, _outboxes.Values.Sum(), _store.SpoolCount, _received, new Dictionary<DropReason, long>(_dropped))
    { Failure = _connection.Failure };

    private void Log(ConnectionState state, TransportFailure? failure = null, string? detail = null) =>
        Await(_store.LogConnectionAsync(state, failure, detail, _stopping.Token));

    /// <summary>Goes on meanwhile; a store that fails stops the session.</summary>
    private void Await(Task task) => task.PipeTo(Self, success: () => new Done(), failure: e => new StoreFailed(e));

    private sealed record Done;

    private sealed record StoreFailed(Exception Cause);
}
