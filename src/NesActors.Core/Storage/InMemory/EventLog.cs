using System.Runtime.CompilerServices;
using NesActors.Contracts;

namespace NesActors.Core.Storage.InMemory;

/// <summary>The newest events in their order, and readers that wait for the next.</summary>
internal sealed class EventLog(int capacity = 50_000)
{
    private readonly Lock _gate = new();
    private Queue<MessengerEvent> _events = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    /// <summary>The newest cursor.</summary>
    public long Last
    {
        get { lock (_gate) return _last; }
    }

    /// <summary>Adds the event that <paramref name="create"/> makes for the next cursor.</summary>
    public void Append(Func<long, MessengerEvent> create)
    {
        TaskCompletionSource grown;
        lock (_gate)
        {
            _events.Enqueue(create(++_last));
            if (_events.Count > capacity) _events.Dequeue();
            grown = _grown;
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        grown.SetResult();
    }

    /// <summary>Removes what tells of messages that were deleted.</summary>
    public void Forget(IReadOnlySet<MessageId> messages)
    {
        lock (_gate)
        {
            _events = new Queue<MessengerEvent>(_events.Where(item => item switch
            {
                MessageReceived received => !messages.Contains(received.Message.Id),
                MessageStateChanged changed => !messages.Contains(changed.Message.Id),
                _ => true,
            }));
        }
    }

    /// <summary>The oldest arrivals of messages.</summary>
    public IReadOnlyList<MessageReceived> Received(Func<MessageId, bool> which, int limit)
    {
        lock (_gate) return [.. _events.OfType<MessageReceived>().Where(received => which(received.Message.Id)).Take(limit)];
    }

    public EventPage Page(long after, int limit, bool arrivalsOnly)
    {
        lock (_gate) return EventPage.Of(_events.SkipWhile(item => item.Cursor <= after), after, _last, limit, arrivalsOnly);
    }

    public async IAsyncEnumerable<MessengerEvent> ReadAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            MessengerEvent[] batch;
            Task grown;
            lock (_gate)
            {
                // What is new stands in the last places: without gaps in as many as the cursors differ by, with some in fewer.
                var count = (int)Math.Clamp(_last - after, 0, _events.Count);
                batch = count == 0 ? [] : [.. _events.Skip(_events.Count - count).SkipWhile(item => item.Cursor <= after)];
                grown = _grown.Task;
            }

            if (batch.Length == 0) await grown.WaitAsync(cancellation);
            foreach (var item in batch)
            {
                cancellation.ThrowIfCancellationRequested();
                after = item.Cursor;
                yield return item;
            }
        }
    }
}
