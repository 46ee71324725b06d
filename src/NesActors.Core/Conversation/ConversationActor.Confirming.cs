using Akka.Actor;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Crypto;
using NesActors.Core.Suites;
using NesActors.Core.Transport;

namespace NesActors.Core.Conversation;

/// <summary>
/// Tells the contact what has arrived: with the next text, or by a confirmation of its own, a short while after the first of several arrivals. Nobody learns of us by it whom the
/// person has not accepted, or does not want to tell.
/// </summary>
internal sealed partial class ConversationActor
{
    private readonly HashSet<StreamId> _owed = [];
    private readonly Dictionary<MessageId, IPeerIdentity> _confirmations = [];
    private int _owedCount;

    private bool MayConfirm => _services.Receives && _known.Trust == TrustState.Pinned && TellsArrivals;

    /// <summary>Whether the person lets the contact know what arrives.</summary>
    private bool TellsArrivals => IsAccepted && SendsReceipts;

    private bool SendsReceipts => _known.DeliveryReceipts ?? _services.Policy.SendDeliveryReceipts;

    private void Confirming()
    {
        Receive<ConfirmDue>(_ => Confirm());
        Receive<CryptoProtocol.Replies.Composed>(
            composed => _confirmations.ContainsKey(composed.Id),
            composed => _services.Crypto.Tell(new CryptoProtocol.Commands.Seal(composed.Id, composed.Content, _confirmations[composed.Id])));
        Receive<CryptoProtocol.Replies.Sealed>(
            @sealed => _confirmations.ContainsKey(@sealed.Id),
            @sealed => _services.Transport.Tell(new TransportProtocol.Commands.Publish(@sealed.Id, _contact, @sealed.Frame)));
        Receive<CryptoProtocol.Replies.SealFailed>(failed => _confirmations.ContainsKey(failed.Id), failed => Forget(failed.Id));
        // One that is lost is not sent again: what it confirmed comes again, and is confirmed again.
        Receive<TransportProtocol.Replies.PublishSettled>(settled => _confirmations.ContainsKey(settled.Id), settled => Forget(settled.Id));
    }

    /// <summary>A numbered message has arrived.</summary>
    private void Owe(StreamId stream, bool isRepeat)
    {
        if (!MayConfirm) return;
        _owed.Add(stream);
        // Repeats alone, whose number is somebody else's choice, cost no more than one confirmation in each interval.
        if (isRepeat)
        {
            if (!Timers.IsTimerActive(nameof(Tuning.ConfirmInterval))) Timers.StartSingleTimer(nameof(Tuning.ConfirmInterval), new ConfirmDue(), Tuning.ConfirmInterval);
        }
        else if (++_owedCount >= Tuning.MaxUnconfirmed / 2)
        {
            Confirm();
        }
        else if (!Timers.IsTimerActive(nameof(Tuning.ConfirmDelay)))
        {
            Timers.StartSingleTimer(nameof(Tuning.ConfirmDelay), new ConfirmDue(), Tuning.ConfirmDelay);
        }
    }

    private void Confirm()
    {
        if (_owed.Count == 0 || !MayConfirm || !_connection.IsOnline) return;
        if (_keys is null)
        {
            AskForKeys(refresh: false);
            return;
        }
        // To somebody of whom a better suite was seen than there is now, nothing goes by a weaker one: not this either.
        var choice = ChoiceUnder(_keys);
        if (choice.Failure != SendFailure.None)
        {
            SettleDebts();
            return;
        }
        var capabilities = CapabilitiesUnder(_keys);
        foreach (var stream in _owed) Confirm(_keys.Keys, choice, AcknowledgementOf(stream), capabilities);
        SettleDebts();
    }

    private void Confirm(IPeerIdentity keys, SuiteChoice choice, Acknowledgement ack, Capabilities? capabilities)
    {
        var id = MessageId.New(_services.Clock);
        _confirmations.Add(id, keys);
        var delivery = new Contracts.Delivery { IsConfirmation = true, Ack = ack };
        _services.Crypto.Tell(new CryptoProtocol.Commands.Compose(id, new Message(_services.Me, _contact, _services.Clock.GetMillisecondNow(), "") { Delivery = delivery, Capabilities = capabilities }, choice.Suite));
    }

    /// <summary>What a text tells beside itself.</summary>
    private Acknowledgement? TextAcknowledgement()
    {
        if (_delivery.Latest is not { } latest || _known.Trust != TrustState.Pinned || !SendsReceipts) return null;
        _owed.Remove(latest.Stream);
        if (_owed.Count == 0) SettleDebts();
        return AcknowledgementOf(latest.Stream);
    }

    private Acknowledgement AcknowledgementOf(StreamId stream) => _delivery.Of(stream).ToAcknowledgement(
        [.. _order.Waiting.Where(arrival => arrival.Content.Number?.Stream == stream).Select(arrival => arrival.Content.ContentHash)]) with
    { ReadUpTo = ToldRead(stream) };

    private void Forget(MessageId confirmation) => _confirmations.Remove(confirmation);

    private void SettleDebts()
    {
        _owed.Clear();
        _owedCount = 0;
        Timers.Cancel(nameof(Tuning.ConfirmDelay));
        Timers.Cancel(nameof(Tuning.ConfirmInterval));
    }

    private sealed record ConfirmDue;
}
