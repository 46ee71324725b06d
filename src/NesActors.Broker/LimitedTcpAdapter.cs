using System.Net;
using System.Net.Sockets;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;
using NesActors.Mqtt.Wire;

namespace NesActors.Broker;

/// <summary>
/// Takes TCP connections for MQTTnet's server, as its own adapter does, with a limit on the size of packets, which that one cannot have.
/// </summary>
internal sealed class LimitedTcpAdapter(IPEndPoint endPoint, int maxPacket) : IMqttServerAdapter
{
    private const int Backlog = 128;
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stopped = new();
    private Task _accepting = Task.CompletedTask;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <summary>Where it listens, with the port that was free.</summary>
    public IPEndPoint LocalEndPoint => (IPEndPoint)_listener.LocalEndPoint!;

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _listener.Bind(endPoint);
        _listener.Listen(Backlog);
        _accepting = AcceptAsync(options, logger);
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stopped.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _stopped.Dispose();
    }

    private async Task AcceptAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        while (!_stopped.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_stopped.Token).ConfigureAwait(false);
                _ = ServeAsync(socket, options, logger);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The client has gone again, or there are too many open files: the next may have better luck, and not at once.
                await Task.Delay(PauseAfterError, TimeProvider.System).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket socket, MqttServerOptions options, IMqttNetLogger logger)
    {
        try
        {
            socket.NoDelay = true;
            var stream = new NetworkStream(socket, ownsSocket: true);
            await using (stream.ConfigureAwait(false))
            {
                var tcp = new MqttTcpChannel(stream, socket.LocalEndPoint, socket.RemoteEndPoint, null);
                using var channel = new LimitedChannel(tcp, maxPacket, Oversize.Break);
                var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax));
                using var client = new MqttChannelAdapter(channel, formatter, logger);
                if (ClientHandler is { } handler) await handler(client).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException)
        {
            // The client went away between being accepted and being served.
        }
        finally
        {
            socket.Dispose();
        }
    }
}
