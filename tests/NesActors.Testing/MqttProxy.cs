using System.Net;
using System.Net.Sockets;

namespace NesActors.Testing;

/// <summary>A packet on the way of a message through MQTT, and who sends it.</summary>
/// <param name="FromClient">Whether the client sends it, else the broker.</param>
/// <param name="Type">Its type (MQTT 5, 2.1.2).</param>
public readonly record struct MqttStep(bool FromClient, int Type)
{
    private const int Publish = 3, PubAck = 4, PubRec = 5, PubRel = 6, PubComp = 7;

    /// <summary>The four of a message that the client sends (QoS 2), in their order, then the two of one that it receives (QoS 1).</summary>
    public static IReadOnlyList<MqttStep> All { get; } =
    [
        new(true, Publish), new(false, PubRec), new(true, PubRel), new(false, PubComp),
        new(false, Publish), new(true, PubAck),
    ];
}

/// <summary>
/// A proxy on the loopback interface that knows where MQTT's packets begin and end. It cuts connections at a given packet, slows them down, or lets them stand without passing on anything
/// more, as a link does of which nobody is told that it is gone.
/// </summary>
public sealed class MqttProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Link> _links = [];
    private readonly int _targetPort;
    private readonly Task _accepting;
    private (MqttStep Step, bool PassOn, TaskCompletionSource Done)? _cut;

    private MqttProxy(int targetPort)
    {
        _targetPort = targetPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How long each packet is held back before it is passed on.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Starts one in front of a port of the loopback interface.</summary>
    public static MqttProxy Start(int targetPort) => new(targetPort);

    /// <summary>Cuts the connection at the next such packet, which is passed on before, or is not.</summary>
    /// <returns>Ends when it has been cut.</returns>
    public Task CutAtAsync(MqttStep step, bool passOn)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate) _cut = (step, passOn, done);
        return done.Task;
    }

    /// <summary>Passes on nothing more of the connections that there are, and does not end them.</summary>
    public void Freeze()
    {
        lock (_gate)
        {
            foreach (var link in _links) link.IsFrozen = true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Dispose();
        lock (_gate)
        {
            foreach (var link in _links) link.Dispose();
        }
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopped.Token));
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var link = new Link(client, new TcpClient());
        lock (_gate) _links.Add(link);
        try
        {
            await link.Server.ConnectAsync(IPAddress.Loopback, _targetPort, _stopped.Token);
            await Task.WhenAny(PumpAsync(link, fromClient: true), PumpAsync(link, fromClient: false));
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody behind the proxy: the client sees a broken connection.
        }
        finally
        {
            lock (_gate) _links.Remove(link);
        }
    }

    private async Task PumpAsync(Link link, bool fromClient)
    {
        try
        {
            var (from, to) = fromClient ? (link.Client.GetStream(), link.Server.GetStream()) : (link.Server.GetStream(), link.Client.GetStream());
            while (await ReadPacketAsync(from) is { } packet)
            {
                if (Delay > TimeSpan.Zero) await Task.Delay(Delay, _stopped.Token);
                if (link.IsFrozen) await Task.Delay(Timeout.Infinite, _stopped.Token);
                var cut = CutAt(new MqttStep(fromClient, packet[0] >> 4));
                if (cut is not { PassOn: false }) await to.WriteAsync(packet, _stopped.Token);
                if (cut is null) continue;
                link.Cut(gently: cut.Value.PassOn);
                cut.Value.Done.SetResult();
                return;
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Cut, or the other side has gone.
        }
    }

    private (MqttStep Step, bool PassOn, TaskCompletionSource Done)? CutAt(MqttStep step)
    {
        lock (_gate)
        {
            if (_cut is not { } cut || cut.Step != step) return null;
            _cut = null;
            return cut;
        }
    }

    private async Task<byte[]?> ReadPacketAsync(NetworkStream from)
    {
        var header = new List<byte>();
        var one = new byte[1];
        while (header.Count < 2 || (header[^1] & 0x80) != 0)
        {
            if (await from.ReadAsync(one, _stopped.Token) == 0) return null;
            header.Add(one[0]);
        }
        var length = header.Skip(1).Reverse().Aggregate(0, (sum, digit) => (sum << 7) | (digit & 0x7F));
        var packet = new byte[header.Count + length];
        header.CopyTo(packet);
        await from.ReadExactlyAsync(packet.AsMemory(header.Count), _stopped.Token);
        return packet;
    }

    private sealed class Link : IDisposable
    {
        public Link(TcpClient client, TcpClient server)
        {
            (Client, Server) = (client, server);
            (Client.NoDelay, Server.NoDelay) = (true, true);
        }

        public TcpClient Client { get; }

        public TcpClient Server { get; }

        public bool IsFrozen { get; set; }

        /// <param name="gently">What was passed on still arrives.</param>
        public void Cut(bool gently)
        {
            if (!gently) Client.LingerState = Server.LingerState = new LingerOption(enable: true, seconds: 0);
            Dispose();
        }

        public void Dispose()
        {
            Client.Dispose();
            Server.Dispose();
        }
    }
}
