using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Transport.Mqtt;

namespace NesActors.Benchmarks.Delivery;

/// <summary>Somebody who writes to a person who is away: seals numbered messages one after the other, and publishes each as soon as it is sealed.</summary>
internal sealed class DrainSender(ILocalIdentity identity, IPeerIdentity recipient) : IAsyncDisposable
{
    private readonly MqttTransport _transport = new();
    private readonly StreamId _stream = StreamId.New();
    private int _number;

    public ILocalIdentity Identity => identity;

    /// <summary>The number of its message that came last.</summary>
    public int Seen { get; set; }

    public Task ConnectAsync(Uri broker, CancellationToken cancellation) => _transport.ConnectAsync(new TransportOptions(broker), _ => { }, cancellation);

    /// <summary>Seals and publishes the next message, whose text is its number.</summary>
    /// <returns>Its frame.</returns>
    public async Task<ReadOnlyMemory<byte>> SendAsync(CancellationToken cancellation)
    {
        var text = (++_number).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var delivery = new Contracts.Delivery { Stream = _stream, Sequence = _number };
        var message = new Message(identity.User, recipient.User, DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()), text) { Delivery = delivery };
        var frame = identity.Seal(identity.Compose(message), recipient).Bytes;
        await PublishAsync(frame, cancellation);
        return frame;
    }

    /// <summary>Publishes any bytes at the recipient's mailbox, and waits until the broker has them: what is published behind them arrives behind them.</summary>
    public async Task PublishAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        var result = await _transport.PublishAsync(recipient.User, frame, cancellation);
        if (result.Outcome != PublishOutcome.Confirmed) throw new InvalidOperationException($"The broker did not take a frame: {result.Detail}");
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        identity.Dispose();
    }
}
