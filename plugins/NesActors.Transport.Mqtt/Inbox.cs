using System.Buffers;
using MQTTnet;
using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.Mqtt;

/// <summary>
/// Hands what arrives to the receiver, one after the other: only from the topics of subscribed mailboxes. A durable session sends what waits
/// as soon as it is connected; frames of a mailbox that is not subscribed yet are held until it is, or come again with the next connection.
/// </summary>
/// <remarks>
/// A retained message is acknowledged and dropped: nobody sends one here, and a broker would give it out at every subscription, for ever.
/// </remarks>
internal sealed class Inbox(Action<InboundFrame> receiver, CancellationToken lifetime)
{
    private const int MaxHeldFrames = 1024;
    private const long MaxHeldBytes = 64L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly HashSet<Username> _subscribed = [];
    private readonly List<(Username Mailbox, MqttApplicationMessageReceivedEventArgs Arrival)> _held = [];
    private long _heldBytes;

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
            else Hold(mailbox, arrival);
        }
    }

    /// <summary>The broker has accepted the subscription: gives out what was held for it, and from now on what comes.</summary>
    public void Open(Username mailbox)
    {
        lock (_gate)
        {
            if (!_subscribed.Add(mailbox)) return;
            foreach (var (_, arrival) in _held.Where(held => held.Mailbox == mailbox))
            {
                _heldBytes -= arrival.ApplicationMessage.Payload.Length;
                HandOver(mailbox, arrival);
            }
            _held.RemoveAll(held => held.Mailbox == mailbox);
        }
    }

    private void Hold(Username mailbox, MqttApplicationMessageReceivedEventArgs arrival)
    {
        var size = arrival.ApplicationMessage.Payload.Length;
        // Not acknowledged, so what there is no room for comes again.
        if (_held.Count >= MaxHeldFrames || _heldBytes + size > MaxHeldBytes) return;
        _held.Add((mailbox, arrival));
        _heldBytes += size;
    }

    private void HandOver(Username mailbox, MqttApplicationMessageReceivedEventArgs arrival)
    {
        var acknowledged = 0;
        receiver(new InboundFrame(mailbox, arrival.ApplicationMessage.Payload.ToArray(), () =>
        {
            if (Interlocked.Exchange(ref acknowledged, 1) == 0) Acknowledge(arrival);
        }));
    }

    private void Acknowledge(MqttApplicationMessageReceivedEventArgs arrival) => _ = AcknowledgeAsync(arrival);

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
