using System.Data.Common;
using Dapper;
using NesActors.Directory.Keys;
using NesActors.Directory.Storage;
using NesActors.Records;

namespace NesActors.Directory.Maintenance;

/// <summary>The data of a directory in the hands of whoever runs it: read beside the server, written while that is stopped.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="postgres">The PostgreSQL database that it uses, as Npgsql takes it; null: SQLite in the folder.</param>
public sealed class DirectoryData(string folder, string? postgres)
{
    private sealed record Row(string Name, string Status, long? Rev, long RegisteredAt, byte[]? Response, string? Email);

    /// <summary>Names in their order.</summary>
    /// <param name="after">The name behind which they begin; null: the first.</param>
    /// <param name="most">How many.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DirectoryException">The database cannot be read.</exception>
    public Task<IReadOnlyList<DirectoryUser>> ListAsync(string? after, int most, CancellationToken cancellation) =>
        QueryAsync("WHERE u.name > @name ORDER BY u.name LIMIT @most", new { name = after ?? "", most }, cancellation);

    /// <summary>One name; null where nobody ever had it.</summary>
    /// <exception cref="DirectoryException">The database cannot be read.</exception>
    public async Task<DirectoryUser?> FindAsync(string name, CancellationToken cancellation) =>
        (await QueryAsync("WHERE u.name = @name", new { name }, cancellation).ConfigureAwait(false)).SingleOrDefault();

    /// <summary>Writes everything but what can be made anew (freshness), as lines of JSON.</summary>
    /// <param name="output">Where to. It will hold e-mail addresses, and hashes of tokens.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DirectoryException">The database or the keys cannot be read.</exception>
    public async Task<ExportCounts> ExportAsync(Stream output, TimeProvider clock, CancellationToken cancellation)
    {
        await using var data = await StoredData.OpenAsync(folder, postgres, cancellation).ConfigureAwait(false);
        try
        {
            return await new Exporter(data.Connection, output, clock).WriteAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DbException or TimeoutException or FormatException)
        {
            throw Unreadable(e);
        }
    }

    /// <summary>Fills an empty database from an export, whole or not at all. The keys of that directory must lie in the folder already, and no server run on it.</summary>
    /// <param name="input">The export. All of it is checked: chains of records, hashes, signatures.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellation">Ends it, and nothing is done.</param>
    /// <exception cref="DirectoryException">The export is damaged or another directory's, the database is not empty or cannot be written, or a server runs.</exception>
    public async Task<ExportCounts> ImportAsync(Stream input, TimeProvider clock, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, DirectoryKey.FileName)))
            throw new DirectoryException($"There is no {DirectoryKey.FileName} in {folder}: put the keys of the exported directory there first.");
        OwnerOnly.PrepareFolder(folder);
        using var held = await FolderLock.TakeAsync(folder, TimeSpan.Zero, clock, cancellation).ConfigureAwait(false);
        using var keys = DirectoryKeys.LoadOrCreate(folder);
        var options = new DirectoryOptions { Listen = new Uri("http://127.0.0.1"), DataFolder = folder, Activation = ActivationMode.Log, PostgresConnection = postgres, Patience = TimeSpan.Zero };
        await using var database = await DirectoryServer.OpenDatabaseAsync(options, folder, cancellation).ConfigureAwait(false);
        try
        {
            await Identity.EnsureAsync(database, keys, cancellation).ConfigureAwait(false);
            return await database.WriteAsync(
                (connection, transaction) => new Importer(keys, connection, transaction).ReadAsync(input, cancellation), cancellation).ConfigureAwait(false);
        }
        catch (DatabaseUnavailableException e)
        {
            throw new DirectoryException($"Nothing was imported: the database refused ({e.InnerException?.Message ?? e.Message})", e);
        }
    }

    private static DirectoryException Unreadable(Exception error) =>
        new($"Cannot read the database: {error.Message}. If it is of an older version, start the server once.", error);

    private async Task<IReadOnlyList<DirectoryUser>> QueryAsync(string condition, object values, CancellationToken cancellation)
    {
        await using var data = await StoredData.OpenAsync(folder, postgres, cancellation).ConfigureAwait(false);
        try
        {
            var rows = await data.Connection.QueryAsync<Row>(
                $"""
                SELECT u.name AS Name, u.status AS Status, u.rev AS Rev, u.registered_at AS RegisteredAt, r.response AS Response, u.email AS Email
                FROM users u LEFT JOIN records r ON r.user_id = u.id AND r.rev = u.rev {condition}
                """,
                values).ConfigureAwait(false);
            return [.. rows.Select(row => new DirectoryUser(row.Name, row.Status, row.Rev, SinceOf(row), row.Email))];
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            throw Unreadable(e);
        }
    }

    private static DateTimeOffset SinceOf(Row row) =>
        row.Response is { } response && DirectoryRecord.TryRead(response) is { } record ? record.Since : DateTimeOffset.FromUnixTimeMilliseconds(row.RegisteredAt);
}
