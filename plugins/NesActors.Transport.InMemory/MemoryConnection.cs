using System.Threading.Channels;
using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.InMemory;

/// <summary>
/// The way from a network to one receiver: frames wait here until the receiver has returned from the one before, so that no publisher runs
/// a receiver's code, and none under the network's lock.
/// </summary>
internal sealed class MemoryConnection
{
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>(new UnboundedChannelOptions { SingleReader = true });
    private readonly HashSet<Username> _open = [];

    /// <summary>Completes with the reason when the connection ended.</summary>
    public Task<string> Closed => _closed.Task;

    /// <summary>Marks a mailbox as subscribed on this connection; false where it was.</summary>
    public bool Open(Username mailbox) => _open.Add(mailbox);

    public bool IsOpen(Username mailbox) => _open.Contains(mailbox);

    public void Deliver(Delivery delivery) => _deliveries.Writer.TryWrite(delivery);

    public void Close(string reason)
    {
        _deliveries.Writer.TryComplete();
        _closed.TrySetResult(reason);
    }

    /// <summary>Hands frames to the receiver until the connection is closed.</summary>
    public async Task RunAsync(Action<InboundFrame> receiver, Action<Delivery> acknowledge)
    {
        try
        {
            await foreach (var delivery in _deliveries.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                if (Closed.IsCompleted) return;
                // A copy each: the bytes are the receiver's own, and the network's come again where they are not acknowledged.
                receiver(new InboundFrame(delivery.Mailbox, delivery.Frame.ToArray(), () => acknowledge(delivery)));
            }
        }
        catch (Exception error)
        {
            Close($"the receiver failed with {error.GetType().Name}");
        }
    }
}
