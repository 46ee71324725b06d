using NesActors.FrontEnd.Rest.Api;
using NesActors.FrontEnd.Rest.Sending.Idempotency;

namespace NesActors.FrontEnd.Rest.Sending;

/// <summary>Requests with a key that are under way: whoever comes with the same key gets the answer of the first.</summary>
internal sealed class SharedSends
{
    private readonly Dictionary<IdempotencyId, UnderWay> _all = [];
    private readonly Lock _gate = new();

    /// <summary>Waits for the answer, and begins the work where nobody has.</summary>
    /// <param name="id">The key.</param>
    /// <param name="request">What is asked for under it.</param>
    /// <param name="work">The work; its token is cancelled when nobody waits any more.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="ProblemException">Something else is asked for under the same key.</exception>
    public async Task<IReadOnlyList<SendResult>> JoinAsync(
        IdempotencyId id, RequestFingerprint request, Func<CancellationToken, Task<IReadOnlyList<SendResult>>> work, CancellationToken cancellation)
    {
        UnderWay one;
        lock (_gate)
        {
            if (!_all.TryGetValue(id, out one!)) _all.Add(id, one = new UnderWay(request, work));
            else if (one.Request != request) throw IdempotencyKey.Conflict();
            one.Waiting++;
        }
        try
        {
            return await one.Answer.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            Leave(id, one);
        }
    }

    /// <summary>The last one closes the door: whoever comes now begins anew, and finds under the key what was done.</summary>
    private void Leave(IdempotencyId id, UnderWay one)
    {
        lock (_gate)
        {
            if (--one.Waiting > 0) return;
            _all.Remove(id);
        }
        one.Leaving.Cancel();
    }

    private sealed class UnderWay
    {
        public UnderWay(RequestFingerprint request, Func<CancellationToken, Task<IReadOnlyList<SendResult>>> work)
        {
            Request = request;
            Answer = Task.Run(() => work(Leaving.Token));
        }

        public RequestFingerprint Request { get; }

        // Has no timer and no handle of the system, and so needs no end.
        public CancellationTokenSource Leaving { get; } = new();

        public Task<IReadOnlyList<SendResult>> Answer { get; }

        public int Waiting { get; set; }
    }
}
