using NesActors.Contracts;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>Goes through the log of events, and can be asked whether there is a next one without waiting for it. For one reader at a time.</summary>
internal sealed class EventCursors : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended;
    private readonly IAsyncEnumerator<MessengerEvent> _events;
    private Task<bool> _next;

    /// <param name="messenger">The session.</param>
    /// <param name="after">The event behind which to begin.</param>
    /// <param name="cancellation">Ends it.</param>
    public EventCursors(IMessenger messenger, long after, CancellationToken cancellation)
    {
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _events = messenger.EventsAsync(after, _ended.Token).GetAsyncEnumerator(_ended.Token);
        _next = _events.MoveNextAsync().AsTask();
    }

    /// <summary>Ends when there is a next one, or the log cannot be read.</summary>
    public Task Next => _next;

    /// <summary>The next one, where there is one already; <see langword="null"/> otherwise.</summary>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public async Task<MessengerEvent?> TryTakeAsync()
    {
        if (!_next.IsCompleted) return null;
        ObjectDisposedException.ThrowIf(!await _next.ConfigureAwait(false), typeof(IMessenger));
        var taken = _events.Current;
        _next = _events.MoveNextAsync().AsTask();
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _next.ContinueWith(ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        await _events.DisposeAsync().ConfigureAwait(false);
        _ended.Dispose();
    }
}
