using Microsoft.Extensions.Logging;
using Npgsql;

namespace NesActors.Directory.Storage.Postgres;

/// <summary>
/// The right to use a PostgreSQL database: an advisory lock of a connection that does nothing else. When the connection is lost, so is the lock, and another
/// server may take it; this one then tries to get it back. Connect to the database itself: a pooler that shares sessions cannot hold such a lock.
/// </summary>
internal sealed class PostgresLock : IAsyncDisposable
{
    // "nesdir" in ASCII.
    private const long Key = 0x6e6573646972;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly string _connectionString;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stopping = new();
    private NpgsqlConnection _connection;
    private Task _watching = Task.CompletedTask;
    private volatile bool _isHeld = true;

    private PostgresLock(string connectionString, TimeProvider clock, NpgsqlConnection connection) =>
        (_connectionString, _clock, _connection) = (connectionString, clock, connection);

    /// <summary>False while another server may be changing the tables.</summary>
    public bool IsHeld => _isHeld;

    /// <summary>Takes the database.</summary>
    /// <param name="settings">How to connect.</param>
    /// <param name="patience">How long to wait for whoever has it.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="DirectoryException">Another server keeps it.</exception>
    /// <exception cref="NpgsqlException">The database is not to be had.</exception>
    public static async Task<PostgresLock> TakeAsync(NpgsqlConnectionStringBuilder settings, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        // Kept alive, so that a connection that died silently is noticed.
        var own = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, KeepAlive = 10 }.ConnectionString;
        for (var waited = TimeSpan.Zero; ; waited += Interval)
        {
            if (await TryTakeAsync(own, cancellation).ConfigureAwait(false) is { } connection) return new PostgresLock(own, clock, connection);
            if (waited >= patience)
                throw new DirectoryException($"Another key directory uses the database {settings.Host}:{settings.Port}/{settings.Database}: stop that one first, or name another database.");
            await Task.Delay(Interval, clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Begins to watch the lock.</summary>
    /// <param name="lost">Called when it is lost.</param>
    /// <param name="regained">Called when it is there again, before <see cref="IsHeld"/> says so.</param>
    /// <param name="logger">Where both are told.</param>
    public void Watch(Action lost, Func<CancellationToken, Task> regained, ILogger logger) => _watching = Task.Run(async () =>
    {
        try
        {
            while (true)
            {
                await UntilLostAsync().ConfigureAwait(false);
                _isHeld = false;
                lost();
                logger.LogError("The connection that keeps other servers from the database is lost: nothing is changed until it is back.");
                await RegainAsync(regained).ConfigureAwait(false);
                _isHeld = true;
                logger.LogInformation("The database is this server's alone again.");
            }
        }
        catch (OperationCanceledException)
        {
            logger.LogDebug("No longer watching the database's lock.");
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        if (_isHeld) await ReleaseAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>PostgreSQL notices only a while later that a connection was closed; whoever waits for the lock should not have to.</summary>
    private async Task ReleaseAsync()
    {
        try
        {
            await using var query = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", _connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = Key } } };
            await query.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresDatabase.IsFailure(e) || e is InvalidOperationException)
        {
            // The connection is lost, and the lock with it.
            return;
        }
    }

    private static async Task<NpgsqlConnection?> TryTakeAsync(string connectionString, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            await using var query = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = Key } } };
            if (await query.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is true) return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        await connection.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    private async Task UntilLostAsync()
    {
        try
        {
            // Returns only for notifications, which nobody sends.
            while (true) await _connection.WaitAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (PostgresDatabase.IsFailure(e))
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task RegainAsync(Func<CancellationToken, Task> regained)
    {
        while (true)
        {
            try
            {
                if (await TryTakeAsync(_connectionString, _stopping.Token).ConfigureAwait(false) is { } connection)
                {
                    _connection = connection;
                    await regained(_stopping.Token).ConfigureAwait(false);
                    return;
                }
            }
            catch (Exception e) when (PostgresDatabase.IsFailure(e) || e is DatabaseUnavailableException)
            {
                await _connection.DisposeAsync().ConfigureAwait(false);
            }
            await Task.Delay(Interval, _clock, _stopping.Token).ConfigureAwait(false);
        }
    }
}
