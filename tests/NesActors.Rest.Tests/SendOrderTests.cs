using System.Net;
using System.Net.Sockets;
using System.Text;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

/// <summary>What one connection asks for is sent in the order in which it asks, whether it waits for the answers or not.</summary>
public sealed class SendOrderTests
{
    private static readonly IReadOnlyList<string> Texts = [.. Enumerable.Range(0, 100).Select(i => $"text {i}")];

    [RealPartFact(GatewayLab.Program)]
    public async Task What_a_socket_asks_for_without_waiting_arrives_in_that_order()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        using var socket = await SocketClient.OpenAsync(gateway, await gateway.TokenAsync("alice", "read", "send"));

        foreach (var text in Texts) await socket.SendAsync(new { type = "send", @ref = text, to = "bob", text });

        foreach (var text in Texts) Assert.Equal(text, (await socket.NextAsync("sent")).Text("ref"));
        Assert.Equal(Texts, await ArrivedAsync(lab["bob"]));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Requests_that_are_pipelined_on_one_connection_arrive_in_that_order()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var secret = await gateway.TokenAsync("alice", "send");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Address.Port);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Concat(Texts.Select(text =>
            $"POST /v1/messages?to=bob HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {secret}\r\nContent-Type: text/plain\r\nContent-Length: {text.Length}\r\n"
            + $"{(text == Texts[^1] ? "Connection: close\r\n" : "")}\r\n{text}"))));

        using var reader = new StreamReader(client.GetStream());
        Assert.Equal(Texts.Count, (await reader.ReadToEndAsync()).Split("HTTP/1.1 202 ").Length - 1);
        Assert.Equal(Texts, await ArrivedAsync(lab["bob"]));
    }

    private static async Task<IReadOnlyList<string>> ArrivedAsync(LabPerson person)
    {
        var arrived = new List<string>();
        await foreach (var happened in person.Messenger.EventsAsync(0, default))
        {
            if (happened is MessageReceived received) arrived.Add(received.Message.Text);
            if (arrived.Count == Texts.Count) break;
        }
        return arrived;
    }
}
