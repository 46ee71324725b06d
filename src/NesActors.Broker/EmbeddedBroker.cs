using System.Buffers;
using System.Net;
using System.Net.Sockets;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Packets;
using MQTTnet.Server;

namespace NesActors.Broker;

/// <summary>
/// An MQTT broker (3.1.1 and 5) inside this process, for trying out, for tests and for a small network that trusts its members: it lets
/// everybody in. Durable sessions are kept in memory; nothing is retained.
/// </summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private readonly MqttServer _server;
    private int _isDisposed;

    private EmbeddedBroker(MqttServer server, Uri address) => (_server, Address) = (server, address);

    /// <summary>Where it listens, as a client writes it: with the real port where any free one was asked for.</summary>
    public Uri Address { get; }

    /// <summary>Starts a broker; when this returns, clients can connect.</summary>
    /// <exception cref="BrokerException">The address makes no sense, or the port is taken or not allowed.</exception>
    public static async Task<EmbeddedBroker> StartAsync(EmbeddedBrokerOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxPacketBytes, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxPendingPerClient, 1);
        cancellation.ThrowIfCancellationRequested();
        var endPoint = ListenAddress.Parse(options.Listen);
        var adapter = new LimitedTcpAdapter(endPoint, options.MaxPacketBytes);
        var server = new MqttServer(ServerOptions(options), [adapter], MqttNetNullLogger.Instance);
        Watch(server, options);
        try
        {
            await server.StartAsync().ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            server.Dispose();
            adapter.Dispose();
            throw new BrokerException(Explain(endPoint, error), error);
        }
        return new EmbeddedBroker(server, new UriBuilder("mqtt", endPoint.Address.ToString(), adapter.LocalEndPoint.Port).Uri);
    }

    /// <summary>Ends all connections and the broker, and forgets all sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _server.StopAsync(new MqttServerStopOptions()).ConfigureAwait(false);
        _server.Dispose();
    }

    private static MqttServerOptions ServerOptions(EmbeddedBrokerOptions options) => new()
    {
        EnablePersistentSessions = true,
        MaxPendingMessagesPerClient = options.MaxPendingPerClient,
        // The other strategy keeps what it dropped, unacknowledged, for as long as the session lives.
        PendingMessagesOverflowStrategy = MqttPendingMessagesOverflowStrategy.DropNewMessage,
    };

    private static void Watch(MqttServer server, EmbeddedBrokerOptions options)
    {
        server.InterceptingPublishAsync += published =>
        {
            var message = published.ApplicationMessage;
            // NES retains nothing, and what anybody may leave for ever fills the memory.
            message.Retain = false;
            options.Published?.Invoke(new PublishedFrame(message.Topic, message.Payload.ToArray()));
            return Task.CompletedTask;
        };
        server.InterceptingOutboundPacketAsync += sent =>
        {
            // One byte of type and up to four of length stand before what the limit counts.
            if (sent.Packet is MqttConnAckPacket greeting) greeting.MaximumPacketSize = (uint)options.MaxPacketBytes + 5;
            return Task.CompletedTask;
        };
    }

    private static string Explain(IPEndPoint endPoint, SocketException error) => error.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => $"Another program listens at {endPoint} already; choose another port, or 0 for any free one.",
        SocketError.AccessDenied => $"This user may not listen at {endPoint}; choose a port above 1023.",
        SocketError.AddressNotAvailable => $"This machine does not have the address {endPoint.Address}; listen at 127.0.0.1, or at 0.0.0.0 for all.",
        _ => $"The broker cannot listen at {endPoint}: {error.Message}.",
    };
}
