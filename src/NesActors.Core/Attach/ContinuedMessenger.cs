using System.Runtime.CompilerServices;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Attach.Wire;
using NesActors.Core.Session;

namespace NesActors.Core.Attach;

/// <summary>A session that can be used from here.</summary>
public interface ISharedSession : IAsyncDisposable
{
    /// <summary>The session.</summary>
    IMessenger Messenger { get; }

    /// <summary>Whether this process runs it; else another does, which may end.</summary>
    bool IsOwn { get; }
}

/// <summary>
/// A session that goes on when the process that ran it ends: at its next owner, which may be this one. Calls that were under way are asked again, and events
/// go on behind the last one seen, which is why nothing is lost or done twice. Where this process runs the session, its end is the end.
/// </summary>
public sealed class ContinuedMessenger : IMessenger, IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<ISharedSession>> _next;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _disposing = new();
    private readonly SendQueue _sends;
    private ISharedSession _current;
    private volatile bool _disposed;

    /// <summary>Begins with a session.</summary>
    /// <param name="first">The session to begin with.</param>
    /// <param name="next">Finds the next one; asked by one caller at a time.</param>
    /// <param name="clock">The time.</param>
    public ContinuedMessenger(ISharedSession first, Func<CancellationToken, Task<ISharedSession>> next, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(first);
        (_current, _next, _clock) = (first, next, clock);
        (Me, StartCursor) = (first.Messenger.Me, first.Messenger.StartCursor);
        _sends = new SendQueue(DeliverAsync);
    }

    /// <inheritdoc/>
    public Username Me { get; }

    /// <inheritdoc/>
    public Fingerprint MyFingerprint => Volatile.Read(ref _current).Messenger.MyFingerprint;

    /// <summary>The newest position in the log of events when this began.</summary>
    public long StartCursor { get; }

    /// <inheritdoc/>
    public async Task<MessageId> SendAsync(Username to, string text, CancellationToken cancellation)
    {
        var id = MessageId.New(_clock);
        await SendAsync(id, to, text, cancellation).ConfigureAwait(false);
        return id;
    }

    /// <inheritdoc/>
    public Task SendAsync(MessageId id, Username to, string text, CancellationToken cancellation)
    {
        // A session of this process takes calls in their order, and does not go to another; what came before it was one may still be under way.
        if (Volatile.Read(ref _current) is { IsOwn: true } session && _sends.IsIdle) return session.Messenger.SendAsync(id, to, text, cancellation);
        MessageText.Check(text);
        return _sends.SendAsync(new Send(id, to, text), cancellation);
    }

    /// <inheritdoc/>
    public Task<StoredMessage> SettleAsync(MessageId id, TimeSpan timeout, CancellationToken cancellation)
    {
        var began = _clock.GetTimestamp();
        return RunAsync(messenger => messenger.SettleAsync(id, Left(timeout, began), cancellation), cancellation);
    }

    /// <inheritdoc/>
    public Task<StoredMessage> WaitAsync(MessageId id, MessageState until, TimeSpan timeout, CancellationToken cancellation)
    {
        var began = _clock.GetTimestamp();
        return RunAsync(messenger => messenger.WaitAsync(id, until, Left(timeout, began), cancellation), cancellation);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<MessengerEvent> EventsAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var session = Volatile.Read(ref _current);
            await using (var events = session.Messenger.EventsAsync(after, cancellation).GetAsyncEnumerator(cancellation))
            {
                while (await NextAsync(session, events).ConfigureAwait(false))
                {
                    after = events.Current.Cursor;
                    yield return events.Current;
                }
            }
            await GoOnAsync(session, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task<EventPage> EventPageAsync(long after, int limit, bool arrivalsOnly, CancellationToken cancellation) =>
        RunAsync(messenger => messenger.EventPageAsync(after, limit, arrivalsOnly, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<StoredMessage?> FindAsync(MessageId id, CancellationToken cancellation) => RunAsync(messenger => messenger.FindAsync(id, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredMessage>> HistoryAsync(Username contact, MessageId? before, MessageId? after, int limit, CancellationToken cancellation) =>
        RunAsync(messenger => messenger.HistoryAsync(contact, before, after, limit, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredMessage>> SearchAsync(string text, Username? contact, MessageId? before, int limit, CancellationToken cancellation) =>
        RunAsync(messenger => messenger.SearchAsync(text, contact, before, limit, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<bool> DeleteMessageAsync(MessageId id, CancellationToken cancellation) =>
        RunAsync(messenger => messenger.DeleteMessageAsync(id, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<int> DeleteConversationAsync(Username contact, CancellationToken cancellation) =>
        RunAsync(messenger => messenger.DeleteConversationAsync(contact, cancellation), cancellation);

    /// <inheritdoc/>
    public Task DisappearAsync(Username contact, TimeSpan? after, CancellationToken cancellation) =>
        RunAsync(messenger => messenger.DisappearAsync(contact, after, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Contact>> ContactsAsync(CancellationToken cancellation) => RunAsync(messenger => messenger.ContactsAsync(cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Contact> ContactAsync(Username user, CancellationToken cancellation) => RunAsync(messenger => messenger.ContactAsync(user, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<KeyLookUp> LookUpAsync(Username contact, CancellationToken cancellation) => RunAsync(messenger => messenger.LookUpAsync(contact, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MessageReceived>> UnreadAsync(int limit, CancellationToken cancellation) => RunAsync(messenger => messenger.UnreadAsync(limit, cancellation), cancellation);

    /// <inheritdoc/>
    public Task MarkReadAsync(Username contact, MessageId? upTo, CancellationToken cancellation) =>
        RunAsync(messenger => messenger.MarkReadAsync(contact, upTo, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<Contact?> ChangeContactAsync(Username contact, ContactChange change, CancellationToken cancellation) =>
        RunAsync(messenger => messenger.ChangeContactAsync(contact, change, cancellation), cancellation);

    /// <inheritdoc/>
    public Task<MessengerStatus> StatusAsync(CancellationToken cancellation) => RunAsync(messenger => messenger.StatusAsync(cancellation), cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _disposing.CancelAsync().ConfigureAwait(false);
        // Who is just taking the session over is waited for, so that what it starts is stopped too.
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await _current.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What the last owner did not answer is asked of the next one in the same order, and before all that is newer.</summary>
    private async Task DeliverAsync(IReadOnlyList<Send> sends)
    {
        try
        {
            await RunAsync(
                messenger => Task.WhenAll(sends.Select(send => messenger.SendAsync(send.Id, send.To, send.Text, CancellationToken.None)).ToList()), _disposing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_disposed)
        {
            throw new ObjectDisposedException(nameof(ContinuedMessenger));
        }
    }

    private Task<bool> RunAsync(Func<IMessenger, Task> call, CancellationToken cancellation) => RunAsync(
        async messenger =>
        {
            await call(messenger).ConfigureAwait(false);
            return true;
        },
        cancellation);

    private async Task<T> RunAsync<T>(Func<IMessenger, Task<T>> call, CancellationToken cancellation)
    {
        while (true)
        {
            var session = Volatile.Read(ref _current);
            try
            {
                return await call(session.Messenger).ConfigureAwait(false);
            }
            catch (ObjectDisposedException) when (MayGoOn(session))
            {
                await GoOnAsync(session, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> NextAsync(ISharedSession session, IAsyncEnumerator<MessengerEvent> events)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException) when (MayGoOn(session))
        {
            return false;
        }
    }

    private TimeSpan Left(TimeSpan timeout, long began)
    {
        var left = timeout - _clock.GetElapsedTime(began);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private bool MayGoOn(ISharedSession session) => !session.IsOwn && !_disposed;

    private async Task GoOnAsync(ISharedSession lost, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_current != lost) return;
            var found = await _next(cancellation).ConfigureAwait(false);
            Volatile.Write(ref _current, found);
            await lost.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }
}
