using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Cli.Hosting;

/// <summary>A transport that connects while the actors still start: for a command that sends once, the two are most of its time. It takes no mail.</summary>
internal sealed class EarlyTransport : ITransport
{
    private readonly ITransport _inner;
    private readonly CancellationTokenSource _given = new();
    private readonly Task _connecting;

    /// <summary>Begins to connect.</summary>
    public EarlyTransport(ITransport inner, TransportOptions options)
    {
        _inner = inner;
        _connecting = Task.Run(() => inner.ConnectAsync(options, _ => { }, _given.Token));
    }

    public Task<string> Disconnected => _inner.Disconnected;

    /// <summary>Waits for the connection that is being made already.</summary>
    public Task ConnectAsync(TransportOptions options, Action<InboundFrame> receiver, CancellationToken cancellation) => _connecting.WaitAsync(cancellation);

    public Task SubscribeAsync(Username mailbox, CancellationToken cancellation) => throw new NotSupportedException("This connection only sends.");

    public Task<PublishResult> PublishAsync(Username mailbox, ReadOnlyMemory<byte> frame, CancellationToken cancellation) =>
        _inner.PublishAsync(mailbox, frame, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _given.CancelAsync();
        await _connecting.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await _inner.DisposeAsync();
        _given.Dispose();
    }
}
