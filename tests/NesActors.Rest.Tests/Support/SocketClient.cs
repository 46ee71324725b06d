using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace NesActors.Rest.Tests.Support;

/// <summary>A client of <c>GET /v1/ws</c>.</summary>
internal sealed class SocketClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[2 << 20];

    /// <summary>The position that the server began at.</summary>
    public long Start { get; private set; }

    /// <summary>The last event's, or the first position before there was one.</summary>
    public long Cursor { get; private set; }

    public string? Protocol => _socket.SubProtocol;

    /// <summary>Connects, and reads what comes before the first event.</summary>
    /// <param name="gateway">Where to.</param>
    /// <param name="secret">The token.</param>
    /// <param name="after">The cursor; <see langword="null"/>: from now on.</param>
    /// <param name="protocols">Subprotocols.</param>
    public static Task<SocketClient> OpenAsync(LabGateway gateway, string secret, long? after = null, params string[] protocols) => OpenAsync(gateway, secret, null, after, protocols);

    /// <summary>As the other, by HTTP/2 (RFC 8441).</summary>
    public static Task<SocketClient> OpenByHttp2Async(LabGateway gateway, string secret, HttpMessageInvoker client) => OpenAsync(gateway, secret, client, null);

    private static async Task<SocketClient> OpenAsync(LabGateway gateway, string secret, HttpMessageInvoker? http2, long? after, params string[] protocols)
    {
        var client = new SocketClient();
        if (http2 is not null) (client._socket.Options.HttpVersion, client._socket.Options.HttpVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        client._socket.Options.SetRequestHeader("Authorization", $"Bearer {secret}");
        foreach (var protocol in protocols) client._socket.Options.AddSubProtocol(protocol);
        await client._socket.ConnectAsync(new UriBuilder(gateway.Address) { Scheme = gateway.Address.Scheme == "https" ? "wss" : "ws", Path = "/v1/ws", Query = after is null ? "" : $"after={after}" }.Uri, http2, default);
        var open = await client.NextAsync();
        Assert.Equal("open", open.Text("type"));
        client.Start = client.Cursor = open.GetProperty("cursor").GetInt64();
        return client;
    }

    public Task SendAsync(object order) => SendTextAsync(JsonSerializer.Serialize(order));

    public Task SendTextAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), type, true, default);

    /// <summary>The next message of the server.</summary>
    public async Task<JsonElement> NextAsync()
    {
        var count = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(count), default);
            if (received.MessageType == WebSocketMessageType.Close) throw new EndOfStreamException();
            Assert.Equal(WebSocketMessageType.Text, received.MessageType);
            count += received.Count;
            if (!received.EndOfMessage) continue;
            var message = JsonDocument.Parse(_buffer.AsMemory(0, count).ToArray()).RootElement;
            if (message.TryGetProperty("cursor", out var cursor)) Cursor = cursor.GetInt64();
            return message;
        }
    }

    /// <summary>The next message of a type, and none of those before it.</summary>
    public async Task<JsonElement> NextAsync(string type)
    {
        while (true)
        {
            var message = await NextAsync();
            if (message.Text("type") == type) return message;
        }
    }

    /// <summary>Reads until a message with a text comes, and gives all events up to it.</summary>
    public async Task<IReadOnlyList<JsonElement>> UntilAsync(string text)
    {
        var events = new List<JsonElement> { await NextAsync() };
        while (!(events[^1].Text("type") == "message" && events[^1].GetProperty("message").Text("text") == text)) events.Add(await NextAsync());
        return events;
    }

    /// <summary>Reads until the server closes, and closes too.</summary>
    public async Task<WebSocketCloseStatus?> EndAsync()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
        {
            while (true) await NextAsync();
        });
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        return _socket.CloseStatus;
    }

    /// <summary>Closes, and waits until the server has closed too.</summary>
    public async Task<WebSocketCloseStatus?> CloseAsync()
    {
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        return _socket.CloseStatus;
    }

    public void Dispose() => _socket.Dispose();
}
