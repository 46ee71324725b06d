using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.InMemory;

/// <summary>
/// Frames within one process, over a network known by its name: <c>memory://lab</c>. For tests and experiments: nothing is encrypted on the
/// way, and anybody may take any client id.
/// </summary>
/// <remarks>There are no extra settings. Credentials, certificates and keep-alive have no meaning here and are not looked at.</remarks>
public sealed class InMemoryTransport : ITransport
{
    private readonly MemoryConnection _connection = new();
    private InMemoryNetwork? _network;
    private MemorySession? _session;
    private int _wasConnected;

    /// <inheritdoc/>
    public Task<string> Disconnected => _connection.Closed;

    /// <inheritdoc/>
    public Task ConnectAsync(TransportOptions options, Action<InboundFrame> receiver, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(receiver);
        if (Interlocked.Exchange(ref _wasConnected, 1) != 0) throw new InvalidOperationException("A transport connects once; make another one.");
        if (cancellation.IsCancellationRequested) return Task.FromCanceled(cancellation);
        try
        {
            Connect(options, receiver);
            return Task.CompletedTask;
        }
        catch (TransportException error)
        {
            return Task.FromException(error);
        }
    }

    /// <inheritdoc/>
    public Task SubscribeAsync(Username mailbox, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return Task.FromCanceled(cancellation);
        return _session is { } session && _network!.Subscribe(session, _connection, mailbox)
            ? Task.CompletedTask
            : Task.FromException(new TransportException(TransportFailure.Unreachable, "There is no connection to the network."));
    }

    /// <inheritdoc/>
    public Task<PublishResult> PublishAsync(Username mailbox, ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        if (_session is null || _connection.Closed.IsCompleted) return Task.FromResult(new PublishResult(PublishOutcome.NotSent, "there is no connection"));
        if (cancellation.IsCancellationRequested) return Task.FromResult(new PublishResult(PublishOutcome.NotSent, "given up before it was sent"));
        return Task.FromResult(_network!.Publish(mailbox, frame));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_session is { } session) _network!.Leave(session, _connection, "closed");
        _connection.Close("closed");
        return ValueTask.CompletedTask;
    }

    private void Connect(TransportOptions options, Action<InboundFrame> receiver)
    {
        var address = options.Address;
        if (!address.IsAbsoluteUri || address.Scheme != "memory" || address.Host.Length == 0)
        {
            throw Wrong("The address of a network in memory is memory://NAME.");
        }
        if (options.Extra.Count > 0) throw Wrong($"A network in memory knows no setting \"{options.Extra.Keys.Order(StringComparer.Ordinal).First()}\".");
        if (options.SessionExpiry < TimeSpan.Zero) throw Wrong("The expiry of the session must not be negative.");
        if (options.SessionExpiry > TimeSpan.Zero && string.IsNullOrEmpty(options.ClientId))
        {
            throw Wrong("A session that outlives its connection needs a fixed client id.");
        }
        var network = InMemoryNetwork.Named(address.Host);
        if (network.IsDown) throw new TransportException(TransportFailure.Unreachable, $"The network {address.Host} is down.");
        _network = network;
        var clientId = string.IsNullOrEmpty(options.ClientId) ? Guid.NewGuid().ToString("N") : options.ClientId;
        var session = network.Join(clientId, options.SessionExpiry, _connection);
        _session = session;
        _ = _connection.RunAsync(receiver, delivery => network.Acknowledge(session, delivery.Id));
    }

    private static TransportException Wrong(string message) => new(TransportFailure.Misconfigured, message);
}
