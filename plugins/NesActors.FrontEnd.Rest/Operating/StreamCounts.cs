using System.Diagnostics.Metrics;

namespace NesActors.FrontEnd.Rest.Operating;

/// <summary>How a client follows events.</summary>
internal enum StreamKind
{
    /// <summary><c>GET /v1/events</c>.</summary>
    Sse,

    /// <summary><c>GET /v1/ws</c>.</summary>
    Ws,

    /// <summary><c>GET /v1/inbox?wait=</c>, while it waits.</summary>
    LongPoll,
}

/// <summary>The streams of events that are open, and those that were cut off. One of a gateway, for all its identities; safe for several threads.</summary>
internal sealed class StreamCounts
{
    private static readonly string[] Names = ["sse", "ws", "long_poll"];

    private readonly long[] _open = new long[Names.Length];
    private readonly long[] _cut = new long[Names.Length];

    /// <summary>Counts a stream as open until the result is disposed.</summary>
    public IDisposable Enter(StreamKind kind)
    {
        Interlocked.Increment(ref _open[(int)kind]);
        return new Lease(this, kind);
    }

    /// <summary>Counts a stream that was ended because its reader was too slow.</summary>
    public void Cut(StreamKind kind) => Interlocked.Increment(ref _cut[(int)kind]);

    /// <summary>How many are open.</summary>
    public IEnumerable<Measurement<long>> Open() => Read(_open);

    /// <summary>How many were cut off since the start.</summary>
    public IEnumerable<Measurement<long>> CutOff() => Read(_cut);

    private static IEnumerable<Measurement<long>> Read(long[] counts) =>
        Names.Select((name, index) => new Measurement<long>(Interlocked.Read(ref counts[index]), KeyValuePair.Create("kind", (object?)name)));

    private sealed class Lease(StreamCounts counts, StreamKind kind) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0) Interlocked.Decrement(ref counts._open[(int)kind]);
        }
    }
}
