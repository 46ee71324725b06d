using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace Fixture.Good;

/// <summary>Hands every frame back to whoever sent it.</summary>
public sealed class LoopTransport : ITransport
{
    private readonly TaskCompletionSource<string> _disconnected = new();
    private Action<InboundFrame> _receiver = _ => { };

    public Task<string> Disconnected => _disconnected.Task;

    public Task ConnectAsync(TransportOptions options, Action<InboundFrame> receiver, CancellationToken cancellation)
    {
        _receiver = receiver;
        return Task.CompletedTask;
    }

    public Task SubscribeAsync(Username mailbox, CancellationToken cancellation) => Task.CompletedTask;

    public Task<PublishResult> PublishAsync(Username mailbox, ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        _receiver(new InboundFrame(mailbox, frame.ToArray(), () => { }));
        return Task.FromResult(PublishResult.Confirmed);
    }

    public ValueTask DisposeAsync()
    {
        _disconnected.TrySetResult("disposed");
        return ValueTask.CompletedTask;
    }
}
