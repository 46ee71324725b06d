using NesActors.Contracts;

namespace NesActors.FrontEnd.Rest.Streams;

/// <summary>
/// What all who read the events of one identity share, however many there are: the newest events, the way to older ones, and word of new ones and of heart-beats. A reader that waits has no thread and no
/// timer of its own.
/// </summary>
internal sealed class EventFeed : IAsyncDisposable
{
    /// <summary>How often a reader hears of something, where nothing happens.</summary>
    public static readonly TimeSpan HeartBeat = TimeSpan.FromSeconds(15);

    /// <summary>How long new events are held back so that more of them can be told of at once.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    private readonly IMessenger _messenger;
    private readonly EventRing _ring;
    private readonly CancellationTokenSource _ended = new();
    // The store has one connection to read by: who waits for it waits here, and not on a thread.
    private readonly SemaphoreSlim _looking = new(1);
    private readonly Lock _gate = new();
    private readonly Timer _gathering;
    private readonly ITimer _beating;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _told;
    private bool _isGathering;
    private long _beats;

    public EventFeed(IMessenger messenger, TimeProvider clock)
    {
        _messenger = messenger;
        _ring = new EventRing(messenger.StartCursor, clock);
        _told = Environment.TickCount64;
        // By the machine's own time: how many readers are woken how often is no matter of the calendar.
        _gathering = new Timer(_ => Tell(), null, Timeout.Infinite, Timeout.Infinite);
        _beating = clock.CreateTimer(_ => Beat(), null, HeartBeat, HeartBeat);
    }

    /// <summary>Where the session begins.</summary>
    public long Beginning => _messenger.StartCursor;

    /// <summary>How far the events have come here.</summary>
    public long Newest => _ring.Newest;

    /// <summary>Ends when there is something new, or with the next heart-beat. To be asked for before the look after which it is waited for.</summary>
    public Task Changed
    {
        get { lock (_gate) return _changed.Task; }
    }

    /// <summary>How many heart-beats there were.</summary>
    public long Beats => Interlocked.Read(ref _beats);

    /// <summary>Is cancelled when nothing comes any more: the session has ended, or the gateway ends.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Takes an event of the log, each in its turn.</summary>
    public void Append(MessengerEvent happened)
    {
        _ring.Append(EventFrame.Of(happened));
        lock (_gate)
        {
            if (_isGathering) return;
            _isGathering = true;
            _gathering.Change(Math.Clamp(_told + (long)Gathering.TotalMilliseconds - Environment.TickCount64, 0, (long)Gathering.TotalMilliseconds), Timeout.Infinite);
        }
    }

    /// <summary>Takes events from behind a position: from memory, where they are new.</summary>
    /// <param name="position">The position.</param>
    /// <param name="maxBytes">How much they may hold, where there are several.</param>
    /// <param name="frames">Where they are put.</param>
    /// <returns>The position behind them; <see langword="null"/> where they must be looked up.</returns>
    public long? Take(long position, int maxBytes, List<EventFrame> frames) => _ring.Take(position, maxBytes, frames);

    /// <summary>Looks events up in the store.</summary>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public async Task<EventPage> LookUpAsync(long position, int limit, bool arrivalsOnly, CancellationToken cancellation)
    {
        await _looking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await _messenger.EventPageAsync(position, limit, arrivalsOnly, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>How far the log has come, be it that the last of it has not come here yet.</summary>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public async Task<long> NewestAsync(CancellationToken cancellation) => (await LookUpAsync(long.MaxValue, 1, arrivalsOnly: false, cancellation).ConfigureAwait(false)).Newest;

    /// <summary>The event at a position; <see langword="null"/> where there is none, or what it told of is not kept any more.</summary>
    /// <exception cref="ObjectDisposedException">The session has ended.</exception>
    public async Task<MessengerEvent?> FindAsync(long cursor, CancellationToken cancellation) =>
        (await LookUpAsync(cursor - 1, 1, arrivalsOnly: false, cancellation).ConfigureAwait(false)).Events is [var found] && found.Cursor == cursor ? found : null;

    /// <summary>Lets all who read end; they are told by another thread.</summary>
    public void End() => _ = _ended.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _gathering.DisposeAsync().ConfigureAwait(false);
        await _beating.DisposeAsync().ConfigureAwait(false);
    }

    private void Beat()
    {
        _ring.Expire();
        Interlocked.Increment(ref _beats);
        Tell();
    }

    private void Tell()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _isGathering = false;
            _told = Environment.TickCount64;
        }
        changed.SetResult();
    }
}
