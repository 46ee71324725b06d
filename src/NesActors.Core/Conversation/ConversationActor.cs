using Akka.Actor;
using Akka.Event;
using NesActors.Contracts;
using NesActors.Core.Contacts;
using NesActors.Core.Hosting;
using NesActors.Core.Session;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Delivery;
using static NesActors.Core.Conversation.ConversationProtocol;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Conversation;

/// <summary>
/// One contact: what is waiting to go out, what came in and waits to be verified, and whose keys are trusted. Two lanes, each in strict
/// order, that wait for nothing but the contact's keys: the outgoing one (keys → compose → seal → publish) and the incoming one (keys → verify →
/// store). Beside them it tells the contact what has arrived, and sends again what the contact has not confirmed. Talks to the key directory, the crypto pool and the transport; reports to the session, its parent.
/// </summary>
/// <remarks><code>Loading ──► Active ──(nothing to do, the session agrees)──► stopped
/// Active ──(the person forgets the contact)──► Loading</code></remarks>
internal sealed partial class ConversationActor : ReceiveActor, IWithTimers, IWithStash
{
    private readonly Username _contact;
    private readonly ConversationServices _services;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();

    private ContactDelivery _delivery = ContactDelivery.None;
    private Connection _connection;

    public ConversationActor(Username contact, Connection connection, ConversationServices services)
    {
        _contact = contact;
        _known = ContactEntry.None.ToContact(contact, unread: 0);
        _connection = connection;
        _services = services;
        _order = new ArrivalOrder<Arrival>(services.Tuning.MaxUnconfirmed * 2);
        Loading();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    private SessionTuning Tuning => _services.Tuning;

    private IMessageStore Store => _services.Store;

    protected override void PreStart() =>
        LoadAsync(_turn).PipeTo(Self, failure: e => new StoreFailed(e));

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task<Loaded> LoadAsync(int turn) => new(
        turn, await Store.ContactAsync(_contact, _stopping.Token), await Store.DeliveryAsync(_contact, _stopping.Token), await Store.DoubtedAsync(_contact, _stopping.Token),
        await Store.CapabilitiesAsync(_contact, _stopping.Token));

    private void Loading()
    {
        Receive<Loaded>(loaded =>
        {
            (_known, _knownTurn) = (loaded.Contact, loaded.Turn);
            _delivery = loaded.Delivery;
            _doubted = loaded.Doubted;
            _capabilities = loaded.Capabilities;
            // Nothing new leaves before what is older is known.
            ResendAgain();
            Become(Active);
            SetReceiveTimeout(Tuning.IdleTimeout);
            Stash.UnstashAll();
            VerifyNext();
        });
        // What was on its way when the contact was forgotten.
        Receive<Refilled>(_ => { });
        Receive<Recorded>(_ => { });
        Receive<KeyAnswer>(_ => _askingForKeys = false);
        Receive<KeysSeen>(_ => _askingForKeys = false);
        Receive<Heard>(_ => _hearing--);
        Receive<StatementsRead>(_ => _hearing--);
        Receive<StoreFailed>(Escalate);
        ReceiveAny(_ => Stash.Stash());
    }

    private void Active()
    {
        Resending();
        Confirming();
        Reading();
        Outgoing();
        Incoming();
        Hearing();
        Doubting();
        WaitingForGaps();
        Receive<Wake>(_ => { });
        AskingForKeys();
        LookingUp();
        Deciding();
        Receive<ReceiveTimeout>(_ => PassivateIfIdle());
        Receive<Stop>(_ =>
        {
            if (IsIdle) Context.Stop(Self);
            else Context.Parent.Tell(new StillBusy(_contact));
        });
        Receive<StoreFailed>(Escalate);
    }

    private bool IsIdle => _outbox.Count == 0 && _queueing.Count == 0 && _changing == 0 && _inbox.Count == 0 && _doubtful.Count == 0 && _storing == 0 && _order.Waiting.Count == 0
        && _owed.Count == 0 && _confirmations.Count == 0 && _askers.Count == 0 && _hearing == 0 && !_announcing && _flight.Count == 0 && !_storeHasMore;

    private void PassivateIfIdle()
    {
        if (IsIdle) Context.Parent.Tell(new Passivate(_contact));
    }

    /// <summary>A store that fails is not this actor's to mend: the session decides.</summary>
    private static void Escalate(StoreFailed failed) => throw new InvalidOperationException("The message store failed.", failed.Cause);

    private sealed record Loaded(int Turn, Contact Contact, ContactDelivery Delivery, DateTimeOffset? Doubted, ContactCapabilities Capabilities);

    private sealed record StoreFailed(Exception Cause);
}
