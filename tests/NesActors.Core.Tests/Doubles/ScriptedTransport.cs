using System.Collections.Concurrent;
using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Core.Tests.Doubles;

/// <summary>Transports whose connections, outcomes and failures the test decides: every connection made is in <see cref="Connections"/>.</summary>
internal sealed class ScriptedNetwork
{
    public BlockingCollection<ScriptedTransport> Connections { get; } = [];

    /// <summary>What the next connection attempts fail with; empty: they succeed.</summary>
    public ConcurrentQueue<TransportException> Failures { get; } = new();

    /// <summary>How publishes end, until the test says otherwise.</summary>
    public Func<Username, ReadOnlyMemory<byte>, CancellationToken, Task<PublishResult>> OnPublish { get; set; } =
        (_, _, _) => Task.FromResult(PublishResult.Confirmed);

    public int Attempts;

    public ITransport Create() => new ScriptedTransport(this);

    public ScriptedTransport NextConnection() =>
        Connections.TryTake(out var transport, TimeSpan.FromSeconds(20)) ? transport : throw new TimeoutException("Nobody connected.");
}

internal sealed class ScriptedTransport(ScriptedNetwork network) : ITransport
{
    private readonly TaskCompletionSource<string> _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action<InboundFrame>? _receiver;

    public ConcurrentQueue<Username> Subscriptions { get; } = new();

    public ConcurrentQueue<(Username Mailbox, byte[] Frame)> Published { get; } = new();

    public bool IsDisposed { get; private set; }

    public int Acknowledged;

    public Task<string> Disconnected => _disconnected.Task;

    public Task ConnectAsync(TransportOptions options, Action<InboundFrame> receiver, CancellationToken cancellation)
    {
        Interlocked.Increment(ref network.Attempts);
        if (network.Failures.TryDequeue(out var failure)) throw failure;
        _receiver = receiver;
        network.Connections.Add(this, cancellation);
        return Task.CompletedTask;
    }

    public Task SubscribeAsync(Username mailbox, CancellationToken cancellation)
    {
        Subscriptions.Enqueue(mailbox);
        return Task.CompletedTask;
    }

    public async Task<PublishResult> PublishAsync(Username mailbox, ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        Published.Enqueue((mailbox, frame.ToArray()));
        return await network.OnPublish(mailbox, frame, cancellation);
    }

    public void Deliver(Username mailbox, byte[] frame) =>
        _receiver!(new InboundFrame(mailbox, frame, () => Interlocked.Increment(ref Acknowledged)));

    public void Break(string reason) => _disconnected.TrySetResult(reason);

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        _disconnected.TrySetResult("closed");
        return ValueTask.CompletedTask;
    }
}
