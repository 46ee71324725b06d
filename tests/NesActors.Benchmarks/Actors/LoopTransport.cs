using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Benchmarks.Actors;

/// <summary>A transport that costs nothing: confirms at once, and delivers what the benchmark gives it.</summary>
internal sealed class LoopTransport : ITransport
{
    private readonly TaskCompletionSource<string> _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action<InboundFrame>? _receiver;

    public Task<string> Disconnected => _disconnected.Task;

    public Task ConnectAsync(TransportOptions options, Action<InboundFrame> receiver, CancellationToken cancellation)
    {
        _receiver = receiver;
        return Task.CompletedTask;
    }

    public Task SubscribeAsync(Username mailbox, CancellationToken cancellation) => Task.CompletedTask;

    public Task<PublishResult> PublishAsync(Username mailbox, ReadOnlyMemory<byte> frame, CancellationToken cancellation) =>
        Task.FromResult(PublishResult.Confirmed);

    public void Deliver(Username mailbox, byte[] frame) => _receiver!(new InboundFrame(mailbox, frame, () => { }));

    public ValueTask DisposeAsync()
    {
        _disconnected.TrySetResult("closed");
        return ValueTask.CompletedTask;
    }
}
