using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

/// <summary>A WebSocket whose other side is gone without a word. The pings are the framework's, by the machine's own time: 15 s, and 30 s for an answer.</summary>
public sealed class SocketKeepAliveTests
{
    private const int Ping = 0x9;

    [RealPartFact(GatewayLab.Program)]
    public async Task A_client_that_answers_no_ping_is_cut_and_one_that_does_is_not()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var secret = await gateway.TokenAsync("alice", "read");
        using var living = await SocketClient.OpenAsync(gateway, secret);
        var message = living.UntilAsync("still here");
        using var silent = await ConnectAsync(gateway, secret);
        await gateway.OpenAsync("ws", 2);

        var opcodes = await ReadAllAsync(silent.GetStream());

        Assert.Contains(Ping, opcodes);
        await gateway.OpenAsync("ws", 1);
        await lab["bob"].SendAsync("alice", "still here");
        await message;
    }

    /// <summary>A client that reads and never answers.</summary>
    private static async Task<TcpClient> ConnectAsync(LabGateway gateway, string secret)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "GET /v1/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: {Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))}\r\nAuthorization: Bearer {secret}\r\n\r\n"));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)await ByteAsync(client.GetStream()));
        Assert.StartsWith("HTTP/1.1 101 ", head.ToString(), StringComparison.Ordinal);
        return client;
    }

    /// <summary>The opcodes of all frames (RFC 6455, 5.2) until the server hangs up.</summary>
    private static async Task<IReadOnlyList<int>> ReadAllAsync(NetworkStream stream)
    {
        var opcodes = new List<int>();
        try
        {
            while (true)
            {
                opcodes.Add(await ByteAsync(stream) & 0xF);
                int length = await ByteAsync(stream);
                if (length == 126) length = (await ByteAsync(stream) << 8) | await ByteAsync(stream);
                await stream.ReadExactlyAsync(new byte[length]);
            }
        }
        catch (IOException)
        {
            return opcodes;
        }
    }

    private static async Task<byte> ByteAsync(NetworkStream stream)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one);
        return one[0];
    }
}
