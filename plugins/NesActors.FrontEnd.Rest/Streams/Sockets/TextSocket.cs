using System.Buffers;
using System.Net.WebSockets;
using NesActors.FrontEnd.Rest.Hosting;

namespace NesActors.FrontEnd.Rest.Streams.Sockets;

/// <summary>A WebSocket (RFC 6455) that carries text alone: one caller at a time receives, any number send.</summary>
/// <param name="socket">The socket.</param>
/// <param name="clock">The time.</param>
internal sealed class TextSocket(WebSocket socket, TimeProvider clock) : IDisposable
{
    /// <summary>The longest message that is taken, in bytes.</summary>
    public const int MaxMessage = Listeners.MaxBody;

    private const int Room = 1024;

    private readonly SemaphoreSlim _sending = new(1);
    private ArrayBufferWriter<byte> _message = new(Room);

    /// <summary>Sends a message.</summary>
    /// <exception cref="TimeoutException">The other side did not take it.</exception>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancellation)
    {
        await _sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Not by the socket's own token: that would break the connection off, and nothing could be said any more.
            var sent = socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            if (!sent.IsCompletedSuccessfully) await sent.AsTask().WaitAsync(SlowReaders.Patience, clock, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Waits for a message. It ends when the socket is closed or aborted.</summary>
    /// <returns>The message, valid until the next call; or why there are no more.</returns>
    /// <exception cref="WebSocketException">The connection broke.</exception>
    public async Task<(ReadOnlyMemory<byte> Text, SocketEnd? End)> ReceiveAsync()
    {
        // Whoever sent something long once is not given the room for ever.
        if (_message.Capacity > Room) _message = new ArrayBufferWriter<byte>(Room);
        else _message.ResetWrittenCount();
        while (true)
        {
            var received = await socket.ReceiveAsync(_message.GetMemory(Room / 2), CancellationToken.None).ConfigureAwait(false);
            if (received.MessageType == WebSocketMessageType.Close) return (default, SocketEnd.Asked);
            if (received.MessageType == WebSocketMessageType.Binary) return (default, SocketEnd.NotText);
            _message.Advance(received.Count);
            if (_message.WrittenCount > MaxMessage) return (default, SocketEnd.TooLarge);
            if (received.EndOfMessage) return (_message.WrittenMemory, null);
        }
    }

    /// <summary>Says that nothing more comes, and why.</summary>
    /// <param name="end">Why.</param>
    /// <param name="patience">How long that may take.</param>
    /// <returns>Whether it could be said.</returns>
    public async Task<bool> CloseAsync(SocketEnd end, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        try
        {
            await _sending.WaitAsync(limit.Token).ConfigureAwait(false);
            try
            {
                await socket.CloseOutputAsync(end.Code, end.Reason, limit.Token).ConfigureAwait(false);
                return true;
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            return false;
        }
    }

    /// <summary>Breaks the connection off.</summary>
    public void Abort() => socket.Abort();

    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }
}

/// <summary>Why a socket is closed (RFC 6455, 7.4.1).</summary>
/// <param name="Code">For programs.</param>
/// <param name="Reason">For a person.</param>
internal sealed record SocketEnd(WebSocketCloseStatus Code, string Reason)
{
    /// <summary>The other side wants it so.</summary>
    public static readonly SocketEnd Asked = new(WebSocketCloseStatus.NormalClosure, "");

    /// <summary>The gateway ends, or the session.</summary>
    public static readonly SocketEnd GoingAway = new(WebSocketCloseStatus.EndpointUnavailable, "going away");

    /// <summary>The token was revoked or has expired.</summary>
    public static readonly SocketEnd TokenEnded = new(WebSocketCloseStatus.PolicyViolation, "the token has ended");

    public static readonly SocketEnd NotText = new(WebSocketCloseStatus.InvalidMessageType, "text messages alone are taken");

    public static readonly SocketEnd TooLarge = new(WebSocketCloseStatus.MessageTooBig, "the message is too large");
}
