using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;

namespace NesActors.Mqtt.Wire;

/// <summary>Reads ahead what there is: a packet is taken in three or more small steps, and each would else be a call of the system.</summary>
internal sealed class BufferedChannel(IMqttChannel inner) : IMqttChannel
{
    private readonly byte[] _ahead = new byte[16 * 1024];
    private int _from;
    private int _to;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, isEndOfPacket, cancellationToken);

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
