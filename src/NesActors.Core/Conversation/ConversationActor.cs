using Akka.Actor;
using Akka.Event;
using NesActors.Contracts;
using NesActors.Core.Contacts;
using NesActors.Core.Hosting;
using NesActors.Core.Session;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Delivery;
using NesActors.Core.Storage.State;
using static NesActors.Core.Conversation.ConversationProtocol;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Queries;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Conversation;

/// <summary>
/// One contact: what is waiting to go out, what came in and waits to be verified, and whose keys are trusted. Two lanes, each in strict
/// order, that wait for nothing but the contact's keys: the outgoing one (keys → compose → seal → publish) and the incoming one (keys → verify →
/// store). Beside them it tells the contact what has arrived, and sends again what the contact has not confirmed. Talks to the key directory, the crypto pool and the transport; reports to the session, its parent.
/// </summary>
/// <remarks><code>Loading ──► Active ──(nothing to do, the session agrees)──► stopped</code></remarks>
internal sealed partial class ConversationActor : ReceiveActor, IWithTimers, IWithStash
{
    private readonly Username _contact;
    private readonly ConversationServices _services;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();

    private Contact _known;
    private ContactDelivery _delivery = ContactDelivery.None;
    private KeyAnswer.Found? _keys;
    private bool _askingForKeys;
    private int _keyFailures;
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
        LoadAsync().PipeTo(Self, failure: e => new StoreFailed(e));

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task<Loaded> LoadAsync() => new(await Store.ContactAsync(_contact, _stopping.Token), await Store.DeliveryAsync(_contact, _stopping.Token));

    private void Loading()
    {
        Receive<Loaded>(loaded =>
        {
            _known = loaded.Contact;
            _delivery = loaded.Delivery;
            // Nothing new leaves before what is older is known.
            _storeHasMore = ExpectsConfirmation;
            if (_storeHasMore) ReadUnconfirmed();
            Become(Active);
            SetReceiveTimeout(Tuning.IdleTimeout);
            Stash.UnstashAll();
        });
        Receive<StoreFailed>(Escalate);
        ReceiveAny(_ => Stash.Stash());
    }

    private void Active()
    {
        Resending();
        Confirming();
        Outgoing();
        Incoming();
        Receive<Wake>(_ => { });
        Receive<KeyAnswer>(TakeKeys);
        Receive<KeysSeen>(TakeSeen);
        Receive<RetryKeys>(_ =>
        {
            if (NeedsKeys) AskForKeys(refresh: false);
        });
        Receive<SessionProtocol.Commands.ChangeContact>(Change);
        Receive<Changed>(TakeChanged);
        Receive<ReceiveTimeout>(_ => PassivateIfIdle());
        Receive<Stop>(_ =>
        {
            if (IsIdle) Context.Stop(Self);
            else Context.Parent.Tell(new StillBusy(_contact));
        });
        Receive<StoreFailed>(Escalate);
    }

    private bool IsIdle => _outbox.Count == 0 && _queueing == 0 && _inbox.Count == 0 && _storing == 0 && _order.Waiting.Count == 0
        && _owed.Count == 0 && _confirmations.Count == 0 && _flight.Count == 0 && !_storeHasMore;

    private bool NeedsKeys =>
        (_inbox.Count > 0 && !_verifying) || _owed.Count > 0 || _flight.Values.Any(flying => flying.Step == ResendStep.AwaitingKeys) || (_outbox.TryPeek(out var head) && head.Step == OutgoingStep.AwaitingKeys);

    private void PassivateIfIdle()
    {
        if (IsIdle) Context.Parent.Tell(new Passivate(_contact));
    }

    private void AskForKeys(bool refresh)
    {
        if (_askingForKeys) return;
        _askingForKeys = true;
        var isStranger = _known.Pinned is null && _outbox.Count == 0;
        _services.KeyDirectory.Tell(new GetKeys(_contact, isStranger, refresh));
    }

    private void TakeKeys(KeyAnswer answer)
    {
        if (answer is KeyAnswer.Found found)
        {
            // Not used before it is written down whose keys these are.
            Store.SeeKeysAsync(_contact, found.Keys.Fingerprint, found.Vouched, changedBy: null, _stopping.Token)
                .PipeTo(Self, success: contact => new KeysSeen(found, contact), failure: NotSeen);
            return;
        }

        _askingForKeys = false;
        if (answer is KeyAnswer.Unavailable unavailable)
        {
            _lastKeyTrouble = unavailable.Detail;
            Timers.StartSingleTimer(nameof(RetryKeys), new RetryKeys(), Tuning.KeyRetry.Delay(++_keyFailures, Random.Shared.NextDouble()));
            return;
        }

        // Keys that were revoked verify nothing more.
        if (answer is KeyAnswer.Gone) _keys = null;
        UseKeys(answer);
    }

    private void TakeSeen(KeysSeen seen)
    {
        _askingForKeys = false;
        _known = seen.Contact;
        _keys = seen.Answer;
        UseKeys(seen.Answer);
    }

    private void UseKeys(KeyAnswer answer)
    {
        _keyFailures = 0;
        TakeKeysForOutgoing(answer);
        TakeKeysForIncoming(answer);
        TakeKeysForResending(answer);
        if (answer is KeyAnswer.Found) Confirm();
    }

    private void Change(SessionProtocol.Commands.ChangeContact command)
    {
        var replyTo = Sender;
        Store.ChangeContactAsync(_contact, command.Change, _stopping.Token)
            .PipeTo(Self, success: contact => new Changed(command.Change, contact, replyTo), failure: e => new StoreFailed(e));
    }

    private void TakeChanged(Changed changed)
    {
        if (changed.Contact is { } contact) _known = contact;
        changed.ReplyTo.Tell(new SessionProtocol.Replies.ContactAck(changed.Contact));
    }

    /// <summary>Our clock, as exactly as a message tells it.</summary>
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_services.Clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Pins that cannot be written now may be later; until then the keys are not used.</summary>
    private static object NotSeen(Exception error) => error is StateException ? new KeyAnswer.Unavailable(error.Message) : new StoreFailed(error);

    /// <summary>A store that fails is not this actor's to mend: the session decides.</summary>
    private static void Escalate(StoreFailed failed) => throw new InvalidOperationException("The message store failed.", failed.Cause);

    private sealed record Loaded(Contact Contact, ContactDelivery Delivery);

    private sealed record KeysSeen(KeyAnswer.Found Answer, Contact Contact);

    private sealed record Changed(ContactChange Change, Contact? Contact, IActorRef ReplyTo);

    private sealed record StoreFailed(Exception Cause);

    private sealed record RetryKeys;
}
