using System.Buffers;
using MQTTnet;
using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.Mqtt;

/// <summary>
/// Hands what arrives to the receiver, one after the other: only from the topics of subscribed mailboxes. A durable session sends what waits
/// as soon as it is connected; frames of a mailbox that is not subscribed yet are held until it is.
/// </summary>
/// <param name="receiver">Who takes the frames.</param>
/// <param name="places">What each message took before it was read; given back when it is acknowledged.</param>
/// <param name="lifetime">Ends with the connection.</param>
/// <remarks>
/// A retained message is acknowledged and dropped: nobody sends one here, and a broker would give it out at every subscription, for ever.
/// </remarks>
internal sealed class Inbox(Action<InboundFrame> receiver, SemaphoreSlim places, CancellationToken lifetime)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Username> _subscribed = [];
    private readonly List<(Username Mailbox, MqttApplicationMessageReceivedEventArgs Arrival)> _held = [];

    /// <summary>Takes what MQTTnet received; called one at a time.</summary>
    public void Accept(MqttApplicationMessageReceivedEventArgs arrival)
    {
        arrival.AutoAcknowledge = false;
        var message = arrival.ApplicationMessage;
        if (message.Retain || !Topics.TryParse(message.Topic, out var mailbox))
        {
            Acknowledge(arrival);
            return;
        }
        lock (_gate)
        {
            if (_subscribed.Contains(mailbox)) HandOver(mailbox, arrival);
            else _held.Add((mailbox, arrival));
        }
    }

    /// <summary>The mailbox is about to be subscribed: gives out what was held for it, and from now on what comes.</summary>
    public void Open(Username mailbox)
    {
        lock (_gate)
        {
            if (!_subscribed.Add(mailbox)) return;
            foreach (var (_, arrival) in _held.Where(held => held.Mailbox == mailbox)) HandOver(mailbox, arrival);
            _held.RemoveAll(held => held.Mailbox == mailbox);
        }
    }

    private void HandOver(Username mailbox, MqttApplicationMessageReceivedEventArgs arrival)
    {
        var acknowledged = 0;
        receiver(new InboundFrame(mailbox, arrival.ApplicationMessage.Payload.ToArray(), () =>
        {
            if (Interlocked.Exchange(ref acknowledged, 1) == 0) Acknowledge(arrival);
        }));
    }

    private void Acknowledge(MqttApplicationMessageReceivedEventArgs arrival)
    {
        places.Release();
        _ = AcknowledgeAsync(arrival);
    }

    private async Task AcknowledgeAsync(MqttApplicationMessageReceivedEventArgs arrival)
    {
        try
        {
            await arrival.AcknowledgeAsync(lifetime).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever MQTTnet throws here, the connection is gone, and whoever reads from it tells the host. The frame comes again.
        }
    }
}
