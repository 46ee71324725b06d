using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Storage;

namespace NesActors.FrontEnd.Rest.Operating;

/// <summary>Whether an identity can be served: its session is online, and the gateway's memory can be written. However often it is asked, the session is asked once a second, and the disk each five.</summary>
internal sealed class Readiness(IMessenger? messenger, GatewayDatabase database, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2), SessionKept = TimeSpan.FromSeconds(1), StorageKept = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private (long At, MessengerStatus? Status)? _session;
    private (long At, bool IsGood)? _storage;
    private Task _writing = Task.CompletedTask;

    /// <summary>What the session said last; <see langword="null"/> where it said nothing.</summary>
    public MessengerStatus? Last => _session?.Status;

    /// <summary>Asks.</summary>
    public async Task<Parts> AskAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_session is not { } session || clock.GetElapsedTime(session.At) >= SessionKept) _session = session = (clock.GetTimestamp(), await StatusAsync().ConfigureAwait(false));
            if (_storage is not { } storage || clock.GetElapsedTime(storage.At) >= StorageKept) _storage = storage = (clock.GetTimestamp(), await CanWriteAsync().ConfigureAwait(false));
            return new Parts(session.Status?.Connection, storage.IsGood);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<MessengerStatus?> StatusAsync()
    {
        if (messenger is null) return null;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            return await messenger.StatusAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>SQLite writes on the caller's thread, however long it takes; one that hangs is not joined by others.</summary>
    private async Task<bool> CanWriteAsync()
    {
        if (!_writing.IsCompleted) return false;
        _writing = Task.Run(database.Probe);
        try
        {
            await _writing.WaitAsync(Patience).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is SqliteException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>What there is of an identity.</summary>
    /// <param name="Session">The session's connection; <see langword="null"/> where there is no session, or it does not answer.</param>
    /// <param name="IsStorageGood">Whether the gateway's memory can be written.</param>
    internal readonly record struct Parts(ConnectionState? Session, bool IsStorageGood)
    {
        /// <summary>Whether messages can be sent and read.</summary>
        public bool IsReady => Session == ConnectionState.Online && IsStorageGood;
    }
}
