using System.Net;
using System.Net.Sockets;

namespace NesActors.Transport.Tests;

/// <summary>
/// A broker that knows nothing newer than MQTT 3.1.1: refuses MQTT 5 in its own words, or hangs up, and hands older clients to a broker
/// behind it.
/// </summary>
internal sealed class OldBroker : IAsyncDisposable
{
    // CONNACK, return code 1: unacceptable protocol version (MQTT 3.1.1, 3.2.2.3).
    private static readonly byte[] Unacceptable = [0x20, 0x02, 0x00, 0x01];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _behind;
    private readonly bool _hangsUp;
    private readonly Task _accepting;

    public OldBroker(int behind, bool hangsUp)
    {
        (_behind, _hangsUp) = (behind, hangsUp);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"mqtt://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The protocol levels that clients came with: 5 is MQTT 5, 4 is MQTT 3.1.1.</summary>
    public List<int> Levels { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        var connect = new byte[4096];
        var length = await stream.ReadAtLeastAsync(connect, 16);
        // Type, remaining length of one byte for so short a packet, then "MQTT" with its length, then the level.
        var level = connect[8];
        Levels.Add(level);
        if (level == 5)
        {
            if (!_hangsUp) await stream.WriteAsync(Unacceptable);
            return;
        }
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, _behind);
        await server.GetStream().WriteAsync(connect.AsMemory(0, length));
        await Task.WhenAny(stream.CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(stream));
    }
}
