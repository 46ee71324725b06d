using System.Buffers;
using System.Runtime.ExceptionServices;
using MQTTnet.Channel;

namespace NesActors.Mqtt.Wire;

/// <summary>
/// Writes to a channel one piece after the other, each of all that has come while the one before was written: acknowledgements come in flocks, and each would
/// else be a call of the system here and a wake-up at the broker. Nothing waits for more to come.
/// </summary>
/// <remarks>
/// That a write is done says that the bytes are kept, not that they have left: nobody may take it for more, and a broken connection leaves that open anyway. Whoever
/// writes after a failure is told of it. Packets share a piece of a WebSocket, which MQTT allows (MQTT 5, 6.0).
/// </remarks>
internal sealed class WriteBehind(IMqttChannel channel)
{
    /// <summary>Bytes that may be kept; a larger write is taken whole once nothing else is kept.</summary>
    public const int Capacity = 64 * 1024;

    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _kept = new(4096);
    private ArrayBufferWriter<byte> _leaving = new(4096);
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Keeps the bytes to be written, at once or, where there is no room, as soon as there is. One caller at a time.</summary>
    /// <exception cref="Exception">What an earlier write failed with.</exception>
    public async Task WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellation)
    {
        while (!TryKeep(bytes)) await _writing.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Completes when nothing is kept, or cannot leave any more.</summary>
    public Task DrainAsync(CancellationToken cancellation)
    {
        lock (_gate) return _writing.WaitAsync(cancellation);
    }

    private bool TryKeep(ReadOnlySequence<byte> bytes)
    {
        lock (_gate)
        {
            _failure?.Throw();
            if (_kept.WrittenCount > 0 && _kept.WrittenCount + bytes.Length > Capacity) return false;
            foreach (var part in bytes) _kept.Write(part.Span);
            if (_isWriting) return true;
            _isWriting = true;
            _writing = Task.Run(WriteAllAsync);
            return true;
        }
    }

    private async Task WriteAllAsync()
    {
        try
        {
            while (TakeKept()) await channel.WriteAsync(new ReadOnlySequence<byte>(_leaving.WrittenMemory), true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Whatever it is, the connection is of no more use, and the next write throws it.
            lock (_gate) _failure = ExceptionDispatchInfo.Capture(e);
        }
    }

    private bool TakeKept()
    {
        lock (_gate)
        {
            (_kept, _leaving) = (_leaving, _kept);
            _kept.ResetWrittenCount();
            return _isWriting = _leaving.WrittenCount > 0;
        }
    }
}
