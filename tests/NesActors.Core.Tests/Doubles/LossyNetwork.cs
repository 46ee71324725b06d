using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Core.Tests.Doubles;

/// <summary>
/// A carrier that confirms everything, and loses, repeats and overtakes some of it, by a seed: of ten frames it loses one, delivers one twice, keeps one back until two others
/// have passed, and says of one that nobody can know.
/// </summary>
internal sealed class LossyNetwork(int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly Dictionary<Username, Action<InboundFrame>> _mailboxes = [];
    private readonly Dictionary<Username, (byte[] Frame, int Passing)> _keptBack = [];

    /// <summary>Whether it does so; before, it is a faithful one.</summary>
    public bool IsLossy { get; set; }

    /// <summary>What was lost.</summary>
    public int Lost { get; private set; }

    public ITransport Create() => new Connection(this);

    private PublishResult Publish(Username mailbox, byte[] frame)
    {
        lock (_gate)
        {
            var fate = IsLossy ? _random.Next(10) : 9;
            if (fate == 0) Lost++;
            else if (fate == 1 && !_keptBack.ContainsKey(mailbox)) _keptBack[mailbox] = (frame, 2);
            else Deliver(mailbox, frame, times: fate == 2 ? 2 : 1);
            return fate == 3 ? new PublishResult(PublishOutcome.Unknown, "nobody can know") : PublishResult.Confirmed;
        }
    }

    private void Deliver(Username mailbox, byte[] frame, int times)
    {
        if (!_mailboxes.TryGetValue(mailbox, out var receiver)) return;
        for (var i = 0; i < times; i++) receiver(new InboundFrame(mailbox, frame, () => { }));
        if (!_keptBack.Remove(mailbox, out var kept)) return;
        if (kept.Passing > 1) _keptBack[mailbox] = kept with { Passing = kept.Passing - 1 };
        else receiver(new InboundFrame(mailbox, kept.Frame, () => { }));
    }

    private sealed class Connection(LossyNetwork network) : ITransport
    {
        private readonly TaskCompletionSource<string> _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Action<InboundFrame>? _receiver;

        public Task<string> Disconnected => _disconnected.Task;

        public Task ConnectAsync(TransportOptions options, Action<InboundFrame> receiver, CancellationToken cancellation)
        {
            _receiver = receiver;
            return Task.CompletedTask;
        }

        public Task SubscribeAsync(Username mailbox, CancellationToken cancellation)
        {
            lock (network._gate) network._mailboxes[mailbox] = _receiver!;
            return Task.CompletedTask;
        }

        public Task<PublishResult> PublishAsync(Username mailbox, ReadOnlyMemory<byte> frame, CancellationToken cancellation) =>
            Task.FromResult(network.Publish(mailbox, frame.ToArray()));

        public ValueTask DisposeAsync()
        {
            _disconnected.TrySetResult("closed");
            return ValueTask.CompletedTask;
        }
    }
}
