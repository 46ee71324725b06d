using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace NesActors.Benchmarks.Rest;

/// <summary>
/// Reads <c>GET /v1/events</c> off a socket, cut again and again, anywhere, and goes on behind the last id that came whole. It takes the chunks of HTTP/1.1 apart and looks for ids alone, so that many of
/// them cost little beside a server; of each sixteenth message it looks at the text too. Each event must lie behind the one before it: then none comes twice or out of order, and none was lost where as
/// many messages came as there are.
/// </summary>
/// <param name="port">Of the gateway, on loopback.</param>
/// <param name="secret">A token.</param>
/// <param name="random">Where it is cut.</param>
/// <param name="meanBytes">After how many bytes, on average.</param>
/// <param name="after">The position behind which it begins.</param>
/// <param name="timedBehind">How many messages come before those whose times count.</param>
internal sealed class RawReader(int port, string secret, Random random, int meanBytes, long after, int timedBehind)
{
    private const int Sampled = 16;

    private readonly byte[] _raw = new byte[32 * 1024];
    private readonly byte[] _body = new byte[256 * 1024];
    private int _filled;
    private long _lastId = after;

    /// <summary>How many messages came.</summary>
    public int Count { get; private set; }

    /// <summary>How often it cut the line.</summary>
    public int Cuts { get; private set; }

    /// <summary>How long some messages took from the time in their text.</summary>
    public Times Times { get; } = new();

    /// <summary>Reads until so many messages have come.</summary>
    /// <param name="messages">How many.</param>
    /// <param name="begun">Told when the first answer has begun.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task ReadAsync(int messages, TaskCompletionSource begun, CancellationToken cancellation)
    {
        while (Count < messages)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port, cancellation);
            await socket.SendAsync(
                Encoding.ASCII.GetBytes($"GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {secret}\r\nLast-Event-ID: {_lastId}\r\n\r\n"), cancellation);
            await ReadPartAsync(socket, messages, begun, cancellation);
        }
    }

    private async Task ReadPartAsync(Socket socket, int messages, TaskCompletionSource begun, CancellationToken cancellation)
    {
        var (chunks, rest) = (new Chunks(), 0);
        (_filled, var isHead) = (0, true);
        for (var left = random.Next(1, 2 * meanBytes); left > 0 && Count < messages;)
        {
            var count = await socket.ReceiveAsync(_raw.AsMemory(rest), cancellation);
            if (count == 0) throw new InvalidDataException($"The stream ended behind {_lastId}.");
            left -= count;
            var end = rest + count;
            var begin = 0;
            if (isHead)
            {
                begin = _raw.AsSpan(0, end).IndexOf("\r\n\r\n"u8) + 4;
                if (begin < 4)
                {
                    rest = end;
                    continue;
                }
                if (!_raw.AsSpan().StartsWith("HTTP/1.1 200 "u8)) throw new InvalidDataException(Encoding.ASCII.GetString(_raw, 0, end));
                (isHead, rest) = (false, 0);
                begun.TrySetResult();
            }
            _filled += chunks.Take(_raw.AsSpan(begin, end - begin), _body.AsSpan(_filled));
            TakeBlocks();
        }
        if (Count < messages) Cuts++;
    }

    private void TakeBlocks()
    {
        var rest = _body.AsSpan(0, _filled);
        for (var end = rest.IndexOf("\n\n"u8); end >= 0; end = rest.IndexOf("\n\n"u8))
        {
            TakeBlock(rest[..end]);
            rest = rest[(end + 2)..];
        }
        rest.CopyTo(_body);
        _filled = rest.Length;
    }

    /// <summary>What has data begins with its id; what has none only says where the stream is.</summary>
    private void TakeBlock(ReadOnlySpan<byte> block)
    {
        if (!block.StartsWith("id: "u8) || !Utf8Parser.TryParse(block[4..], out long id, out var length) || block.Length == 4 + length) return;
        if (id <= _lastId) throw new InvalidDataException($"Event {id} came behind {_lastId}.");
        _lastId = id;
        if (!block[(5 + length)..].StartsWith("event: message\n"u8)) return;
        if (++Count <= timedBehind || Count % Sampled != 0) return;
        var text = block[(block.IndexOf("\"text\":\""u8) + 8)..];
        if (Utf8Parser.TryParse(text[(text.IndexOf((byte)' ') + 1)..], out long began, out _)) Times.Add(began);
        else throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Event {id} has no time."));
    }

    /// <summary>Takes the chunks of a body apart (RFC 9112, 7.1).</summary>
    private sealed class Chunks
    {
        private int _left;
        private int _size;
        private bool _isLine = true;

        /// <returns>How many bytes of the body there are.</returns>
        public int Take(ReadOnlySpan<byte> raw, Span<byte> body)
        {
            var taken = 0;
            while (!raw.IsEmpty)
            {
                if (_left > 0)
                {
                    var part = raw[..Math.Min(_left, raw.Length)];
                    part.CopyTo(body[taken..]);
                    taken += part.Length;
                    _left -= part.Length;
                    raw = raw[part.Length..];
                    _isLine = false;
                    continue;
                }
                var one = raw[0];
                raw = raw[1..];
                if (one == '\n')
                {
                    // The line behind the data is empty, and so is none of a size.
                    if (_isLine) (_left, _size) = (_size, 0);
                    _isLine = true;
                }
                else if (one != '\r')
                {
                    _size = (_size << 4) | (one <= '9' ? one - '0' : (one | 0x20) - 'a' + 10);
                }
            }
            return taken;
        }
    }
}
