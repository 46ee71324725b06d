using System.Data.Common;
using Dapper;
using DbUp;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace NesActors.Directory.Storage.Postgres;

/// <summary>A directory in a PostgreSQL database, which must be there already and belong to its user.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    // Any number: it means something in this database alone.
    private const long Alone = 1;

    private readonly NpgsqlDataSource _source;
    private readonly PostgresLock _lock;

    private PostgresDatabase(NpgsqlDataSource source, PostgresLock @lock, string description)
    {
        (_source, _lock, Description) = (source, @lock, description);
        Answers = new PostgresAnswerReader(source);
    }

    public string Description { get; }

    public IAnswerReader Answers { get; }

    /// <summary>Connects, and brings the tables up to date.</summary>
    /// <param name="connectionString">As Npgsql takes it: <c>Host=…;Database=…;Username=…;Password=…</c>.</param>
    /// <param name="timeout">How long a connection and a statement may take.</param>
    /// <param name="patience">How long to wait for another server that uses the database.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="DirectoryException">The string is none, the database is not to be had, or another server uses it.</exception>
    public static async Task<PostgresDatabase> OpenAsync(
        string connectionString, TimeSpan timeout, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        var seconds = Math.Max(1, (int)timeout.TotalSeconds);
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(connectionString) { Timeout = seconds, CommandTimeout = seconds };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The message of the driver may repeat the password.
            throw new DirectoryException("The settings of PostgreSQL make no sense: expected Host=…;Database=…;Username=…;Password=…");
        }
        var description = $"PostgreSQL, {settings.Host}:{settings.Port}/{settings.Database}";
        PostgresLock? held = null;
        try
        {
            held = await PostgresLock.TakeAsync(settings, patience, clock, cancellation).ConfigureAwait(false);
            // Its one connection is not kept: nobody asks the driver's common pool again.
            var once = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false };
            Migrations.Run(DeployChanges.To.PostgresqlDatabase(once.ConnectionString), "NesActors.Directory.Storage.Postgres.Migrations.", "0004-pack-answers");
            return new PostgresDatabase(NpgsqlDataSource.Create(settings), held, description);
        }
        catch (Exception e)
        {
            if (held is not null) await held.DisposeAsync().ConfigureAwait(false);
            if (!IsFailure(e)) throw;
            throw new DirectoryException($"Cannot use the database ({description}): {e.Message}", e);
        }
    }

    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            return await query(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw new DatabaseUnavailableException("PostgreSQL failed.", e);
        }
    }

    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> statements, CancellationToken cancellation)
    {
        if (!_lock.IsHeld) throw new DatabaseUnavailableException("Another server may be using the database.");
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            var result = await statements(connection, transaction).ConfigureAwait(false);
            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
            return result;
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw new DatabaseUnavailableException("PostgreSQL failed.", e);
        }
    }

    public void Watch(Action lost, Func<CancellationToken, Task> regained, ILogger logger) => _lock.Watch(lost, regained, logger);

    public Task<T> WriteAloneAsync<T>(Func<DbConnection, DbTransaction, Task<T>> statements, CancellationToken cancellation) => WriteAsync(
        async (connection, transaction) =>
        {
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(@Alone)", new { Alone }, transaction).ConfigureAwait(false);
            return await statements(connection, transaction).ConfigureAwait(false);
        },
        cancellation);

    public async ValueTask DisposeAsync()
    {
        await Answers.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
        await _lock.DisposeAsync().ConfigureAwait(false);
    }

    internal static bool IsFailure(Exception error) => error is NpgsqlException or TimeoutException;
}
