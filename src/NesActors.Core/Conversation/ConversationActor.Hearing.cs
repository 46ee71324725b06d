using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Suites;
using static NesActors.Core.Conversation.ConversationProtocol;
using static NesActors.Core.KeyDirectory.KeyDirectoryProtocol;
using KeyAnswer = NesActors.Core.KeyDirectory.KeyDirectoryProtocol.Replies;

namespace NesActors.Core.Conversation;

/// <summary>
/// What the two tell each other of suites, inside messages: what each sees of the other's, and what each says for the own ones, where the key directory does not carry it. Only between those who have accepted one another,
/// and under the pinned keys.
/// </summary>
internal sealed partial class ConversationActor
{
    private ContactCapabilities _capabilities = ContactCapabilities.None;
    private int _hearing;
    private bool _askAgain;
    private bool _announcing;
    private bool _isWaitedFor;

    private void Hearing()
    {
        Receive<Announce>(_ =>
        {
            if (!_services.Receives || !IsAccepted || _known.Trust != TrustState.Pinned || _capabilities.Told.Sees is null) return;
            _announcing = true;
            AskForKeys(refresh: false);
        });
        Receive<StatementsRead>(read =>
        {
            _hearing--;
            if (read.Turn < _forgottenTurn) return;
            var isNew = !new Capabilities { Statements = read.Statements }.Equals(new Capabilities { Statements = _capabilities.Told.Statements });
            // Who has told something new waits to hear that it is seen.
            if (isNew && _services.Receives) _announcing = _isWaitedFor = true;
            Hear(read.Sees, read.SentAt, read.Statements);
        });
        Receive<Heard>(heard =>
        {
            _hearing--;
            if (heard.Turn < _forgottenTurn) return;
            Know(heard.Turn, heard.Contact);
            if (heard.IsOfKeys) AskAnew();
        });
    }

    /// <summary>What a message to the contact tells of suites.</summary>
    /// <returns>Null where the session has but one, and for those who are not to learn of it.</returns>
    private Capabilities? CapabilitiesUnder(KeyAnswer.Found found) => found.Keys.Offers() is { } offers && IsAccepted && _known.Trust == TrustState.Pinned
        ? new Capabilities
        {
            Sees = offers.Take(Capabilities.MaxSees).ToDictionary(offer => offer.Suite, offer => new SeenStatement(offer.Keys, offer.Revision)),
            Statements = found.Own?.For(_capabilities.Told),
        }
        : null;

    /// <summary>A message of its own carries what the contact does not see: a confirmation, and where the person tells nothing of arrivals, one of none.</summary>
    private void AnnounceUnder(KeyAnswer answer)
    {
        if (!_announcing) return;
        var isWaitedFor = _isWaitedFor;
        (_announcing, _isWaitedFor) = (false, false);
        if (answer is not KeyAnswer.Found found || CapabilitiesUnder(found) is not { } capabilities || _delivery.Latest is not { } latest) return;
        if (capabilities.Statements is null && !isWaitedFor) return;
        if (MayConfirm) Owe(latest.Stream, isRepeat: false);
        else if (_connection.IsOnline && ChoiceUnder(found) is { Failure: SendFailure.None } choice) Confirm(found.Keys, choice, new Acknowledgement(latest.Stream, UpTo: 0, []), capabilities);
    }

    /// <summary>
    /// Whether the sender of a proved message by the older suite has yet to go over to the better one: has never written by it, and tells that they do not see this user's keys for it, or are not sure that this user sees
    /// theirs. Only their keys can have said so.
    /// </summary>
    private bool IsOnTheWay(Message message) =>
        _capabilities.Uses is null && message.Capabilities is { } told && _known.Suite is { } best && (told.Sees?.ContainsKey(best) == false || told.Statements?.ContainsKey(best) == true);

    /// <summary>Takes what a message tells that was proved to be the contact's.</summary>
    private void Hear(Message message, OpenedFrame frame)
    {
        if (_keys is not { Record: { } record } keys || keys.Keys.Offers() is null) return;
        if (!IsAccepted || _known.Trust != TrustState.Pinned || keys.Keys.Fingerprint != _known.Pinned || IsOutOfTime(message.SentAt)) return;
        if (frame is JoinedFrame { Suite: var suite } && suite == _known.Suite && suite != _capabilities.Uses) Hear(_capabilities with { Uses = suite });
        if (message.Capabilities is not { } told) return;
        if (told.Statements is { } statements && statements.Any(each => _capabilities.Told.Statements?.GetValueOrDefault(each.Key) != each.Value))
        {
            _hearing++;
            _services.KeyDirectory.Tell(new Queries.ReadStatements(++_turn, record, _capabilities.Told.Statements, statements, told.Sees, message.SentAt));
        }
        else
        {
            Hear(told.Sees, message.SentAt, statements: null);
        }
    }

    private void Hear(IReadOnlyDictionary<string, SeenStatement>? sees, DateTimeOffset sentAt, IReadOnlyDictionary<string, string>? statements)
    {
        var heard = _capabilities.Hear(sees, sentAt, statements, _keys?.Own, _services.Clock.GetUtcNow());
        if (heard != _capabilities) Hear(heard);
    }

    private void Hear(ContactCapabilities heard)
    {
        var before = _capabilities;
        _capabilities = heard;
        _hearing++;
        var turn = ++_turn;
        Store.HearAsync(_contact, heard, _stopping.Token)
            .PipeTo(Self, success: contact => new Heard(turn, contact, heard.Told != before.Told), failure: e => new StoreFailed(e));
    }

    /// <summary>The keys are to be read with what is told now; an answer that is on its way was read without.</summary>
    private void AskAnew()
    {
        TakeDoubtful();
        if (_askingForKeys)
        {
            _askAgain = true;
            return;
        }
        _keys = null;
        if (NeedsKeys) AskForKeys(refresh: false);
    }

    private sealed record Heard(int Turn, Contact Contact, bool IsOfKeys);
}
