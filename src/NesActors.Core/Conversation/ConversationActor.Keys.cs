using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Storage.State;
using NesActors.Core.Suites;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Conversation;

/// <summary>The contact's keys: asked for when something needs them, and used once it is written down whose they are.</summary>
internal sealed partial class ConversationActor
{
    private KeyAnswer.Found? _keys;
    private KeyAnswer.Found? _judged;
    private Fingerprint? _notSigned;
    private bool _askingForKeys;
    private int _keyFailures;

    private bool NeedsKeys =>
        _askers.Count > 0 || _announcing || (_inbox.Count > 0 && !_verifying) || _owed.Count > 0 || _flight.Values.Any(flying => flying.Step == ResendStep.AwaitingKeys) || (_outbox.TryPeek(out var head) && head.Step == OutgoingStep.AwaitingKeys);

    private void AskingForKeys()
    {
        Receive<KeyAnswer>(TakeKeys);
        Receive<ChangeJudged>(TakeJudgement);
        Receive<KeysSeen>(TakeSeen);
        Receive<RetryKeys>(_ =>
        {
            if (NeedsKeys) AskForKeys(refresh: false);
        });
    }

    private void AskForKeys(bool refresh)
    {
        if (_askingForKeys) return;
        _askingForKeys = true;
        var isStranger = _known.Pinned is null && _outbox.Count == 0 && _askers.Count == 0;
        _services.KeyDirectory.Tell(new Queries.GetKeys(_contact, isStranger, refresh, _capabilities.Told is { Statements: null, Sees: null } ? null : _capabilities.Told));
    }

    private void TakeKeys(KeyAnswer answer)
    {
        if (answer is KeyAnswer.Found found)
        {
            if (MayFollow(found.Keys.Fingerprint)) Judge(found);
            else See(found, changedBy: null);
            return;
        }

        _askingForKeys = false;
        AnswerAskers(answer);
        if (answer is KeyAnswer.Unavailable unavailable)
        {
            _lastKeyTrouble = unavailable.Detail;
            RetryKeysLater();
            return;
        }

        // Keys that were revoked verify nothing more.
        if (answer is KeyAnswer.Gone) _keys = null;
        UseKeys(answer);
    }

    /// <summary>By which suite the contact is sent to under these keys, or why by none.</summary>
    private SuiteChoice ChoiceUnder(KeyAnswer.Found found) => SuiteChoice.Of(_known, found.Keys, found.Mine, _services.Clock.GetUtcNow());

    /// <summary>What is to be remembered of what they say of suites: a better one begins only where they could verify what is sent by it.</summary>
    private List<SuiteOffer>? OffersIn(KeyAnswer.Found found) => found.Keys.Offers()?
        .Where(offer => found.Mine is not { } mine || _known.Suite is not null || mine.Contains(offer.Suite))
        .Select(offer => offer with { IsCarried = found.Carried.Contains(offer.Suite) })
        .ToList();

    /// <summary>Whether other keys than the pinned ones may be accepted without the person, and this was not yet found out about these.</summary>
    private bool MayFollow(Fingerprint shown) =>
        _services.Policy.KeyChanges == KeyChangePolicy.AcceptSignedChange && _known.Pinned is { } pinned && pinned != shown && _notSigned != shown;

    private void Judge(KeyAnswer.Found found)
    {
        _judged = found;
        _services.KeyDirectory.Tell(new Queries.JudgeChange(_contact, _known.Pinned!.Value, found.Keys.Fingerprint));
    }

    private void TakeJudgement(ChangeJudged judgement)
    {
        if (_judged is not { } found) return;
        _judged = null;
        if (judgement.IsSigned is not { } isSigned)
        {
            TakeKeys(new KeyAnswer.Unavailable("The key directory shows other keys than before, and not yet whether the owner of the old ones signed for them."));
            return;
        }
        if (!isSigned) _notSigned = found.Keys.Fingerprint;
        See(found, isSigned ? judgement.From : null);
    }

    /// <summary>Not used before it is written down whose keys these are.</summary>
    private void See(KeyAnswer.Found found, Fingerprint? changedBy)
    {
        var turn = ++_turn;
        var shown = new ShownKeys(found.Keys.Fingerprint, found.Vouched) { ChangedBy = changedBy, Suites = OffersIn(found) };
        Store.SeeKeysAsync(_contact, shown, _stopping.Token)
            .PipeTo(Self, success: contact => new KeysSeen(turn, found, contact), failure: NotSeen);
    }

    private void TakeSeen(KeysSeen seen)
    {
        _askingForKeys = false;
        if (seen.Turn < _forgottenTurn)
        {
            // What was pinned is forgotten.
            if (NeedsKeys) AskForKeys(refresh: false);
            return;
        }
        if (_askAgain)
        {
            _askAgain = false;
            AskForKeys(refresh: false);
            return;
        }
        _keys = seen.Answer;
        Know(seen.Turn, seen.Contact);
        AnswerAskers(seen.Answer);
        UseKeys(seen.Answer);
    }

    private void RetryKeysLater() =>
        Timers.StartSingleTimer(nameof(RetryKeys), new RetryKeys(), Tuning.KeyRetry.Delay(++_keyFailures, Random.Shared.NextDouble()));

    private void UseKeys(KeyAnswer answer)
    {
        if (answer is KeyAnswer.Found) _keyFailures = 0;
        TakeKeysForOutgoing(answer);
        TakeKeysForIncoming(answer);
        TakeKeysForResending(answer);
        AnnounceUnder(answer);
        if (answer is KeyAnswer.Found) Confirm();
    }

    /// <summary>Pins that cannot be written now may be later; until then the keys are not used.</summary>
    private static object NotSeen(Exception error) => error is StateException ? new KeyAnswer.Unavailable(error.Message) : new StoreFailed(error);

    private sealed record KeysSeen(int Turn, KeyAnswer.Found Answer, Contact Contact);

    private sealed record RetryKeys;
}
