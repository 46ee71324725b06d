using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace NesActors.Mqtt.Wire;

/// <summary>What becomes of a packet that is larger than the limit.</summary>
internal enum Oversize
{
    /// <summary>It breaks the connection: right for a broker, whose clients were told the limit.</summary>
    Break,

    /// <summary>
    /// The rest of a PUBLISH is read and thrown away: right for a client, whose broker would send the same packet again at every connection
    /// if it broke this one. What arrives is cut, and far too large to be taken for a frame.
    /// </summary>
    CutPublish,
}

/// <summary>
/// Keeps the other side from filling our memory: MQTTnet makes a buffer of whatever length a packet announces, up to 256 MB. Follows the
/// packets' borders (MQTT 5, 2.1: one byte of type, then the remaining length in 1 to 4 bytes of 7 bits each).
/// </summary>
/// <param name="inner">What is read from.</param>
/// <param name="limit">The largest remaining length of a packet that is taken.</param>
/// <param name="oversize">What becomes of larger ones.</param>
/// <param name="places">
/// Each PUBLISH takes one, which whoever is done with the message gives back; while there is none, nothing more is read, and the other side has to wait. <see langword="null"/>: no bound.
/// </param>
internal sealed class LimitedChannel(IMqttChannel inner, int limit, Oversize oversize, SemaphoreSlim? places = null) : IMqttChannel
{
    private const int PublishType = 3;
    private const int MaxHeader = 5;

    private readonly byte[] _header = new byte[MaxHeader];
    private readonly byte[] _rubbish = new byte[4096];
    private int _headerLength;
    private int _headerGiven;
    private int _bodyLeft;
    private int _surplus;

    /// <summary>Whether there was a connection, TLS and WebSocket included.</summary>
    public bool WasOpened { get; private set; }

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    private bool IsPublish => _header[0] >> 4 == PublishType;

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await inner.ConnectAsync(cancellationToken).ConfigureAwait(false);
        WasOpened = true;
    }

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, isEndOfPacket, cancellationToken);

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_headerGiven == _headerLength && _bodyLeft == 0)
        {
            var open = await SkipSurplusAsync(cancellationToken).ConfigureAwait(false) && await ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
            if (!open) return 0;
        }
        if (_headerGiven < _headerLength)
        {
            var given = Math.Min(count, _headerLength - _headerGiven);
            _header.AsSpan(_headerGiven, given).CopyTo(buffer.AsSpan(offset));
            _headerGiven += given;
            return given;
        }
        var read = await inner.ReadAsync(buffer, offset, Math.Min(count, _bodyLeft), cancellationToken).ConfigureAwait(false);
        _bodyLeft -= read;
        return read;
    }

    public void Dispose() => inner.Dispose();

    private async Task<bool> SkipSurplusAsync(CancellationToken cancellationToken)
    {
        while (_surplus > 0)
        {
            var read = await inner.ReadAsync(_rubbish, 0, Math.Min(_rubbish.Length, _surplus), cancellationToken).ConfigureAwait(false);
            if (read == 0) return false;
            _surplus -= read;
        }
        return true;
    }

    private async Task<bool> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        // No packet is shorter than two bytes.
        var length = 0;
        while (length < 2 || (_header[length - 1] & 0x80) != 0)
        {
            if (length == MaxHeader) throw new MqttProtocolViolationException("The length of a packet is not well-formed.");
            var read = await inner.ReadAsync(_header, length, length == 0 ? 2 : 1, cancellationToken).ConfigureAwait(false);
            if (read == 0) return false;
            length += read;
        }
        (_headerLength, _headerGiven, _bodyLeft) = (length, 0, DecodeLength(_header.AsSpan(1, length - 1)));
        if (_bodyLeft > limit) Limit();
        if (IsPublish && places is not null) await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private void Limit()
    {
        if (oversize == Oversize.Break || !IsPublish)
        {
            throw new MqttProtocolViolationException($"A packet of {_bodyLeft} bytes is larger than the {limit} that are taken.");
        }
        (_bodyLeft, _surplus) = (limit, _bodyLeft - limit);
        _headerLength = 1 + EncodeLength(limit, _header.AsSpan(1));
    }

    private static int DecodeLength(ReadOnlySpan<byte> digits)
    {
        var length = 0;
        for (var i = digits.Length - 1; i >= 0; i--) length = length << 7 | digits[i] & 0x7F;
        return length;
    }

    private static int EncodeLength(int length, Span<byte> digits)
    {
        var used = 0;
        do
        {
            digits[used] = (byte)(length & 0x7F);
            length >>= 7;
            if (length > 0) digits[used] |= 0x80;
            used++;
        }
        while (length > 0);
        return used;
    }
}
