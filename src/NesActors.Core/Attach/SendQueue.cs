using NesActors.Core.Attach.Wire;

namespace NesActors.Core.Attach;

/// <summary>
/// Hands messages on in the order of the calls, also where nobody has waited for the call before: what comes while some are on their way goes together when these have arrived, so that
/// each costs the less the more there are.
/// </summary>
/// <param name="deliver">Hands some on in their order: all of them, or it fails. It is asked by one caller at a time.</param>
internal sealed class SendQueue(Func<IReadOnlyList<Send>, Task> deliver)
{
    /// <summary>More in one call gains nothing.</summary>
    public const int MaxBatch = 256;

    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private bool _running;

    /// <summary>Whether nothing is under way.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate) return !_running;
        }
    }

    /// <summary>Hands one on, behind those before it.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits any more. Unless it was under way by then, it is not handed on.</exception>
    public Task SendAsync(Send send, CancellationToken cancellation)
    {
        var one = new Waiting(send, cancellation);
        bool begins;
        lock (_gate)
        {
            _waiting.Enqueue(one);
            begins = !_running;
            _running = true;
        }
        if (begins) _ = RunAsync();
        return one.Done.Task.WaitAsync(cancellation);
    }

    private async Task RunAsync()
    {
        while (Next() is { Count: > 0 } batch)
        {
            try
            {
                await deliver([.. batch.Select(one => one.Send)]).ConfigureAwait(false);
                foreach (var one in batch) one.Done.SetResult();
            }
            catch (Exception e)
            {
                foreach (var one in batch) one.Done.SetException(e);
            }
        }
    }

    /// <summary>As many of those that wait as go into one call.</summary>
    private List<Waiting> Next()
    {
        var batch = new List<Waiting>();
        var room = AttachProtocol.MaxRequestBytes;
        lock (_gate)
        {
            while (batch.Count < MaxBatch && _waiting.TryPeek(out var one))
            {
                if (one.Cancellation.IsCancellationRequested)
                {
                    _waiting.Dequeue();
                    one.Done.SetCanceled(one.Cancellation);
                    continue;
                }
                room -= one.Send.MaxBytes;
                if (room < 0 && batch.Count > 0) break;
                batch.Add(_waiting.Dequeue());
            }
            _running = batch.Count > 0;
        }
        return batch;
    }

    private sealed class Waiting(Send send, CancellationToken cancellation)
    {
        public Send Send { get; } = send;

        public CancellationToken Cancellation { get; } = cancellation;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
