using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.Mqtt;

/// <summary>
/// Frames over an MQTT broker: MQTT 5, and 3.1.1 where the broker does not speak it, over TCP, TLS or WebSocket. Each mailbox is a topic,
/// <c>nes/NAME/message</c>, published with QoS 2, received with QoS 1 (a frame may come twice), and nothing retained.
/// </summary>
/// <remarks>
/// Schemes: <c>mqtt tcp</c> (1883), <c>mqtts ssl tls</c> (8883), <c>ws</c> (80), <c>wss</c> (443). The one extra setting is <c>protocol</c>:
/// <c>auto</c> (the default), <c>5</c> or <c>3.1.1</c>. Retained messages are dropped. At most 16 publishes are unconfirmed at once; more wait.
/// </remarks>
public sealed class MqttTransport : ITransport
{
    private readonly TaskCompletionSource<string> _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MqttLink? _link;
    private int _wasConnected;

    /// <inheritdoc/>
    public Task<string> Disconnected => _disconnected.Task;

    /// <inheritdoc/>
    public async Task ConnectAsync(TransportOptions options, Action<InboundFrame> receiver, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(receiver);
        if (Interlocked.Exchange(ref _wasConnected, 1) != 0) throw new InvalidOperationException("A transport connects once; make another one.");
        cancellation.ThrowIfCancellationRequested();
        var link = await MqttConnector.ConnectAsync(MqttSettings.From(options), receiver, cancellation).ConfigureAwait(false);
        _link = link;
        _ = TellWhenClosedAsync(link);
        // Disposed meanwhile, when there was nothing to dispose yet.
        if (_disconnected.Task.IsCompleted) await link.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task SubscribeAsync(Username mailbox, CancellationToken cancellation) =>
        _link is { } link
            ? link.SubscribeAsync(mailbox, cancellation)
            : Task.FromException(new TransportException(TransportFailure.Unreachable, "There is no connection to a broker yet."));

    /// <inheritdoc/>
    public Task<PublishResult> PublishAsync(Username mailbox, ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return Task.FromResult(new PublishResult(PublishOutcome.NotSent, "given up before it was sent"));
        return _link is { } link
            ? link.PublishAsync(mailbox, frame, cancellation)
            : Task.FromResult(new PublishResult(PublishOutcome.NotSent, "there is no connection yet"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _disconnected.TrySetResult(DisconnectReason.ClosedHere);
        if (_link is { } link) await link.DisposeAsync().ConfigureAwait(false);
    }

    private async Task TellWhenClosedAsync(MqttLink link) => _disconnected.TrySetResult(await link.Closed.ConfigureAwait(false));
}
