using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;

namespace NesActors.Mqtt.Wire;

/// <summary>
/// Reads ahead what there is: a packet is taken in three or more small steps, and each would else be a call of the system. Writes behind: what comes while
/// something is written goes out together.
/// </summary>
internal sealed class BufferedChannel(IMqttChannel inner) : IMqttChannel
{
    private readonly byte[] _ahead = new byte[16 * 1024];
    private readonly WriteBehind _behind = new(inner);
    private int _from;
    private int _to;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        // The goodbye is among what is kept. If it cannot leave, the connection ends without.
        await _behind.DrainAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await inner.DisconnectAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) => _behind.WriteAsync(buffer, cancellationToken);

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_from == _to)
        {
            if (count >= _ahead.Length) return await inner.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
            _from = 0;
            _to = await inner.ReadAsync(_ahead, 0, _ahead.Length, cancellationToken).ConfigureAwait(false);
        }
        var given = Math.Min(count, _to - _from);
        _ahead.AsSpan(_from, given).CopyTo(buffer.AsSpan(offset));
        _from += given;
        return given;
    }

    public void Dispose() => inner.Dispose();
}
