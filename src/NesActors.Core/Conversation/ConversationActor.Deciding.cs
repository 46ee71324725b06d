using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Session;
using NesActors.Core.Suites;

namespace NesActors.Core.Conversation;

/// <summary>What the person thinks of the contact, and what follows when that changes: a block ends all that is under way, accepted keys let it go on at once, and of somebody forgotten nothing is kept here.</summary>
internal sealed partial class ConversationActor
{
    private Contact _known;
    private int _turn;
    private int _knownTurn;
    private int _acceptedTurn;
    private int _forgottenTurn;
    private int _changing;

    private bool IsAccepted => _known.Standing == ContactStanding.Accepted;

    private bool IsBlocked => _known.Standing == ContactStanding.Blocked;

    /// <summary>Why nothing that comes from the contact is looked through; null: it is.</summary>
    private DropReason? Refusal => _services.Policy.RefusalOf(_known.Standing);

    private void Deciding()
    {
        Receive<SessionProtocol.Commands.ChangeContact>(Change);
        Receive<Changed>(TakeChanged);
    }

    private void Change(SessionProtocol.Commands.ChangeContact command)
    {
        // What was verified already is part of what is to be forgotten.
        if (command.Change is ContactChange.Forget) StoreAll(_order.GiveUp());
        Change(command.Change, Sender);
    }

    private void Change(ContactChange change, IActorRef replyTo)
    {
        var turn = ++_turn;
        _changing++;
        var changing = change is ContactChange.AcceptKeys accept && _keys is { } found && found.Keys.Fingerprint == accept.Fingerprint
            ? Store.AcceptKeysAsync(_contact, accept, OffersIn(found), _stopping.Token)
            : Store.ChangeContactAsync(_contact, change, _stopping.Token);
        changing.PipeTo(Self, success: contact => new Changed(turn, change, contact, replyTo), failure: e => new StoreFailed(e));
    }

    private void TakeChanged(Changed changed)
    {
        _changing--;
        // The session first: what arrives after the answer is treated as the person decided.
        if (changed.Contact is { } contact)
        {
            Know(changed.Turn, contact);
            if (changed.Change is ContactChange.Forget) BeginAnew(changed.Turn);
        }
        changed.ReplyTo.Tell(new SessionProtocol.Replies.ContactAck(changed.Contact));
    }

    /// <summary>Takes what the store says of the contact. Its answers may overtake one another, and a later one says all that an earlier one does.</summary>
    /// <param name="turn">When it was asked, in the order of all that it is asked about the contact.</param>
    /// <param name="contact">What it says.</param>
    private void Know(int turn, Contact contact)
    {
        if (turn < _knownTurn) return;
        _knownTurn = turn;
        var hasTold = TellsArrivals;
        Know(turn < _acceptedTurn && contact.Standing == ContactStanding.Stranger ? contact with { Standing = ContactStanding.Accepted } : contact);
        // Whom we write to learns from the text what has arrived.
        if (TellsArrivals && !hasTold && _delivery.Latest is { } latest) Owe(latest.Stream, isRepeat: false);
        if (!TellsArrivals) SettleDebts();
    }

    /// <summary>The store accepts a stranger in this turn: by being written to, or by a policy.</summary>
    private void KnowAccepted(int turn)
    {
        _acceptedTurn = turn;
        if (turn > _knownTurn && _known.Standing == ContactStanding.Stranger) Know(_known with { Standing = ContactStanding.Accepted });
    }

    private void Know(Contact contact)
    {
        var before = _known;
        _known = contact;
        // What was told is told of other keys.
        if (before.Pinned is not null && contact.Pinned != before.Pinned) _capabilities = ContactCapabilities.None;
        if (contact.Standing != before.Standing)
        {
            Context.Parent.Tell(new SessionProtocol.Events.StandingChanged(_contact, contact.Standing));
            if (IsBlocked) GiveUpAll();
            else if (before.Standing == ContactStanding.Blocked) ResendAgain();
        }
        if (contact.Trust == TrustState.Pinned && before.Trust == TrustState.Changed) GoOn();
    }

    /// <summary>The first message of a stranger that is proved makes a contact, where the settings say so.</summary>
    private void AcceptStranger()
    {
        if (_services.Policy.Strangers != StrangerPolicy.Accept || _known is not { Standing: ContactStanding.Stranger, Trust: TrustState.Pinned }) return;
        Change(new ContactChange.Accept(), ActorRefs.Nobody);
        KnowAccepted(_turn);
    }

    private void GiveUpAll()
    {
        foreach (var waiting in _outbox.Where(message => message.Step != OutgoingStep.Publishing).ToList())
        {
            Remove(waiting);
            Record(waiting.Id, MessageState.Failed, SendFailure.Blocked, null);
        }
        DropInbox(DropReason.Blocked);
        foreach (var arrival in _order.GiveUp()) Drop(arrival.SpoolId, DropReason.Blocked);
        RestAll();
    }

    /// <summary>The keys are those that were asked for while they were not trusted: nothing waits for another look-up.</summary>
    private void GoOn()
    {
        // What they say of suites counts once they are trusted.
        if (_keys?.Keys.Offers() is not null) _keys = null;
        foreach (var flying in _flight.Values.Where(flying => flying.Step is ResendStep.Waiting or ResendStep.Overdue).ToList()) Resend(flying.Message.Id);
        Advance();
    }

    /// <summary>As if the contact had never been heard of, but for frames that wait to be verified: they are looked through again.</summary>
    private void BeginAnew(int turn)
    {
        RestAll();
        AnswerAskers(SendFailure.DirectoryUnavailable, "The contact was forgotten meanwhile.");
        _forgottenTurn = turn;
        // Nobody waits for a judgement any more.
        _askingForKeys &= _judged is null;
        (_keys, _judged, _notSigned, _newest, _landed) = (null, null, null, null, null);
        TakeDoubtful();
        (_mustVerifyAgain, _askAgain, _announcing, _isWaitedFor, _isSilent) = (_verifying, false, false, false, false);
        Become(Loading);
        LoadAsync(_turn).PipeTo(Self, failure: e => new StoreFailed(e));
    }

    /// <summary>Sends nothing again, and confirms nothing.</summary>
    private void RestAll()
    {
        foreach (var flying in _flight.Values.ToList()) Land(flying);
        _storeHasMore = false;
        Timers.Cancel(nameof(GapDue));
        SettleDebts();
    }

    private sealed record Changed(int Turn, ContactChange Change, Contact? Contact, IActorRef ReplyTo);
}
