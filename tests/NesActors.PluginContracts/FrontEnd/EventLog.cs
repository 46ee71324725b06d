using System.Runtime.CompilerServices;
using NesActors.Contracts;

namespace NesActors.PluginContracts.FrontEnd;

/// <summary>An event log in memory that any number of readers follow.</summary>
internal sealed class EventLog
{
    private readonly Lock _lock = new();
    private readonly List<MessengerEvent> _events = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isOver;

    /// <summary>Appends an event that is made from its position.</summary>
    public void Append(Func<long, MessengerEvent> make)
    {
        lock (_lock)
        {
            _events.Add(make(_events.Count + 1));
            Wake();
        }
    }

    /// <summary>No more events will come: readers get an <see cref="ObjectDisposedException"/> behind the last one.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isOver = true;
            Wake();
        }
    }

    /// <summary>The events so far.</summary>
    public IReadOnlyList<MessengerEvent> All
    {
        get
        {
            lock (_lock) return [.. _events];
        }
    }

    /// <summary>Follows the log from behind a position.</summary>
    public async IAsyncEnumerable<MessengerEvent> FollowAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var next = (int)after; ; next++)
        {
            yield return await AtAsync(next, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<MessengerEvent> AtAsync(int index, CancellationToken cancellation)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                if (index < _events.Count) return _events[index];
                ObjectDisposedException.ThrowIf(_isOver, typeof(IMessenger));
                more = _more.Task;
            }
            await more.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private void Wake()
    {
        _more.SetResult();
        _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
