using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Cli.Bench;

/// <summary>A mailbox that nobody has, and the frames that are on their way to it. What others send there, and what comes twice, is passed over.</summary>
internal sealed class BenchMailbox(TimeProvider clock)
{
    private const int MarkLength = 16;

    /// <summary>The least length of a frame: by this much it is known again.</summary>
    public const int LeastFrame = MarkLength + sizeof(long);

    private readonly byte[] _mark = RandomNumberGenerator.GetBytes(MarkLength);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<long>> _onTheWay = new();
    private long _last;

    /// <summary>Its name, which nobody could guess.</summary>
    public Username Name { get; } = Username.Parse($"bench-{RandomNumberGenerator.GetHexString(24, lowercase: true)}");

    /// <summary>Makes a frame that nobody has sent.</summary>
    /// <returns>The frame, its number, and what completes with the time at which it arrives.</returns>
    public (byte[] Frame, long Number, Task<long> Arrival) Next(int length)
    {
        var number = Interlocked.Increment(ref _last);
        var frame = new byte[length];
        _mark.CopyTo(frame, 0);
        BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(MarkLength), number);
        var arrival = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _onTheWay[number] = arrival;
        return (frame, number, arrival.Task);
    }

    /// <summary>Waits for a frame no more.</summary>
    public void Forget(long number) => _onTheWay.TryRemove(number, out _);

    /// <summary>The receiver to connect a transport with.</summary>
    public void Receive(InboundFrame frame)
    {
        var now = clock.GetTimestamp();
        frame.Acknowledge();
        var bytes = frame.Payload.Span;
        if (frame.Mailbox != Name || bytes.Length < LeastFrame || !bytes[..MarkLength].SequenceEqual(_mark)) return;
        if (_onTheWay.TryRemove(BinaryPrimitives.ReadInt64BigEndian(bytes[MarkLength..]), out var arrival)) arrival.TrySetResult(now);
    }
}
