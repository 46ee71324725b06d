using NesActors.Contracts;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>
/// The newest events, as whoever follows the log live gets them without a look into the database; bounded by their number and their texts. With no history
/// kept it is the only place where a text that came can be read.
/// </summary>
/// <param name="last">The newest cursor of earlier sessions.</param>
internal sealed class RecentEvents(long last)
{
    private const int MaxCount = 1024;
    private const int MaxCharacters = 4 << 20;

    private readonly Lock _gate = new();
    private readonly LinkedList<MessengerEvent> _events = new();
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last = last;
    private long _floor = last;
    private int _characters;

    /// <summary>The newest cursor.</summary>
    public long Last
    {
        get { lock (_gate) return _last; }
    }

    /// <summary>Ends when there is more than now.</summary>
    public Task Grown
    {
        get { lock (_gate) return _grown.Task; }
    }

    /// <summary>Takes what was committed, in the order of the cursors.</summary>
    public void Append(IReadOnlyList<MessengerEvent> events)
    {
        if (events.Count == 0) return;
        TaskCompletionSource grown;
        lock (_gate)
        {
            foreach (var item in events)
            {
                // Another process has logged something in between: who has not come so far finds it in the database alone.
                if (item.Cursor != _last + 1) _floor = item.Cursor - 1;
                _last = item.Cursor;
                _events.AddLast(item);
                _characters += LengthOf(item);
            }
            while (_events.Count > MaxCount || _characters > MaxCharacters) RemoveFirst();
            grown = _grown;
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        grown.SetResult();
    }

    /// <summary>All events behind a cursor.</summary>
    /// <returns>Null where this does not reach back so far.</returns>
    public IReadOnlyList<MessengerEvent>? After(long cursor)
    {
        lock (_gate)
        {
            if (cursor < _floor) return null;
            var found = new List<MessengerEvent>();
            for (var node = _events.Last; node is not null && node.Value.Cursor > cursor; node = node.Previous) found.Add(node.Value);
            found.Reverse();
            return found;
        }
    }

    /// <summary>The event at a cursor, where it is still here.</summary>
    public MessengerEvent? Find(long cursor)
    {
        lock (_gate) return _events.FirstOrDefault(item => item.Cursor == cursor);
    }

    /// <summary>Messages were deleted: their texts go from here too.</summary>
    public void Forget(Func<StoredMessage, bool> which)
    {
        lock (_gate)
        {
            for (var node = _events.First; node is not null;)
            {
                var next = node.Next;
                if (MessageOf(node.Value) is { } message && which(message))
                {
                    _characters -= LengthOf(node.Value);
                    _events.Remove(node);
                }
                node = next;
            }
        }
    }

    private void RemoveFirst()
    {
        var first = _events.First!.Value;
        _floor = Math.Max(_floor, first.Cursor);
        _characters -= LengthOf(first);
        _events.RemoveFirst();
    }

    private static int LengthOf(MessengerEvent item) => MessageOf(item)?.Text.Length ?? 0;

    private static StoredMessage? MessageOf(MessengerEvent item) => item switch
    {
        MessageReceived received => received.Message,
        MessageStateChanged changed => changed.Message,
        _ => null,
    };
}
