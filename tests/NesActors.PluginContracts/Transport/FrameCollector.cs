using System.Collections.Immutable;
using NesActors.Contracts.Transport;

namespace NesActors.PluginContracts.Transport;

/// <summary>A receiver that keeps what arrives and lets a test wait for it.</summary>
public sealed class FrameCollector
{
    private readonly Lock _gate = new();
    private readonly bool _acknowledges;
    private readonly List<(Func<ImmutableList<InboundFrame>, bool> Condition, TaskCompletionSource<ImmutableList<InboundFrame>> Reached)> _waiters = [];
    private ImmutableList<InboundFrame> _frames = [];

    /// <summary>Makes one.</summary>
    /// <param name="acknowledges">Whether it acknowledges each frame at once.</param>
    public FrameCollector(bool acknowledges = true) => _acknowledges = acknowledges;

    /// <summary>What has arrived so far, in order.</summary>
    public ImmutableList<InboundFrame> Frames
    {
        get
        {
            lock (_gate) return _frames;
        }
    }

    /// <summary>The receiver to connect a transport with.</summary>
    public void Receive(InboundFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (_acknowledges) frame.Acknowledge();
        lock (_gate)
        {
            _frames = _frames.Add(frame);
            foreach (var waiter in _waiters.Where(waiter => waiter.Condition(_frames))) waiter.Reached.TrySetResult(_frames);
            _waiters.RemoveAll(waiter => waiter.Reached.Task.IsCompleted);
        }
    }

    /// <summary>Waits for a number of frames.</summary>
    public Task<ImmutableList<InboundFrame>> WaitForAsync(int count) => WaitForAsync(frames => frames.Count >= count);

    /// <summary>Waits until what has arrived fulfils a condition.</summary>
    public Task<ImmutableList<InboundFrame>> WaitForAsync(Func<ImmutableList<InboundFrame>, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        lock (_gate)
        {
            if (condition(_frames)) return Task.FromResult(_frames);
            var reached = new TaskCompletionSource<ImmutableList<InboundFrame>>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((condition, reached));
            return reached.Task.WaitAsync(TransportSpec.Patience);
        }
    }
}
