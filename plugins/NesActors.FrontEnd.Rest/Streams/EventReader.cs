using NesActors.Contracts;

namespace NesActors.FrontEnd.Rest.Streams;

/// <summary>One who reads the events of an identity from a position on. For one caller at a time.</summary>
/// <param name="feed">The events.</param>
/// <param name="position">Behind which it begins.</param>
internal sealed class EventReader(EventFeed feed, long position)
{
    /// <summary>As much as is written at once, where that is several events.</summary>
    private const int MaxBatch = 64 * 1024;

    private const int FewestLookedUp = 4, MostLookedUp = 256;

    private readonly List<EventFrame> _batch = [];
    private int _lookedUp = 64;
    private long _beats = feed.Beats;

    /// <summary>Behind the last event that was read, or that would have been if it were still there.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Waits for the next events.</summary>
    /// <returns>Some of them, valid until the next call; none where it is time for a heart-beat.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public async ValueTask<IReadOnlyList<EventFrame>> NextAsync(CancellationToken cancellation)
    {
        _batch.Clear();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var changed = feed.Changed;
            var before = Position;
            Position = feed.Take(Position, MaxBatch, _batch) ?? await LookUpAsync(cancellation).ConfigureAwait(false);
            if (_batch.Count > 0) return _batch;
            if (_beats != feed.Beats)
            {
                _beats = feed.Beats;
                return _batch;
            }
            if (Position == before) await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask<long> LookUpAsync(CancellationToken cancellation)
    {
        var page = await feed.LookUpAsync(Position, _lookedUp, arrivalsOnly: false, cancellation).ConfigureAwait(false);
        var bytes = 0;
        foreach (var happened in page.Events)
        {
            var frame = EventFrame.Of(happened);
            bytes += frame.Length;
            if (_batch.Count > 0 && bytes > MaxBatch)
            {
                // The events are long: so many were looked up in vain.
                _lookedUp = Math.Max(FewestLookedUp, _batch.Count * 2);
                return _batch[^1].Cursor;
            }
            _batch.Add(frame);
        }
        _lookedUp = Math.Min(MostLookedUp, _lookedUp * 2);
        return page.Position;
    }
}
