using Dapper;
using Microsoft.Data.Sqlite;
using NesActors.FrontEnd.Rest.Storage;

namespace NesActors.Rest.Tests;

public sealed class GatewayWriterTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nes-gateway-writer-");
    private readonly GatewayDatabase _database;
    private readonly GatewayWriter _writer;

    public GatewayWriterTests()
    {
        _database = GatewayDatabase.Open(_folder.FullName);
        _writer = new GatewayWriter(_database);
        _database.Write((connection, transaction) => connection.Execute("CREATE TABLE numbers (number INTEGER PRIMARY KEY)", transaction: transaction));
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_waits_goes_to_the_disk_together_and_in_order()
    {
        var (first, free) = await HoldAsync();
        var others = Enumerable.Range(0, 50).Select(number => _writer.RunAsync((connection, transaction) => (Add(connection, transaction, number), transaction))).ToList();
        free.SetResult();

        var alone = await first;
        var together = await Task.WhenAll(others);

        Assert.Single(together.Select(one => one.transaction).Append(alone).Distinct().Skip(1));
        Assert.Equal(Enumerable.Range(1, 50), together.Select(one => one.Item1));
    }

    [Fact]
    public async Task What_cannot_be_written_is_told_to_all_of_it_and_to_nobody_else()
    {
        var (first, free) = await HoldAsync();
        var lost = _writer.RunAsync((connection, transaction) => Add(connection, transaction, 1));
        var wrong = _writer.RunAsync((connection, transaction) => Add(connection, transaction, 1));
        free.SetResult();

        await first;
        await Assert.ThrowsAsync<SqliteException>(() => lost);
        await Assert.ThrowsAsync<SqliteException>(() => wrong);
        Assert.Equal(1, await _writer.RunAsync((connection, transaction) => Add(connection, transaction, 1)));
    }

    [Fact]
    public async Task At_its_end_it_does_what_waits_and_takes_no_more()
    {
        var (first, free) = await HoldAsync();
        var last = _writer.RunAsync((connection, transaction) => Add(connection, transaction, 1));
        var end = _writer.DisposeAsync();
        free.SetResult();

        await end;
        await first;
        Assert.Equal(1, await last);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _writer.RunAsync((connection, transaction) => Add(connection, transaction, 2)));
    }

    /// <summary>Keeps the writer in a transaction until it is let go.</summary>
    private async Task<(Task<SqliteTransaction> Held, TaskCompletionSource Free)> HoldAsync()
    {
        var (begun, free) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        var held = _writer.RunAsync((_, transaction) =>
        {
            begun.SetResult();
            free.Task.Wait();
            return transaction;
        });
        await begun.Task;
        return (held, free);
    }

    /// <returns>How many numbers there are then.</returns>
    private static int Add(SqliteConnection connection, SqliteTransaction transaction, int number)
    {
        connection.Execute("INSERT INTO numbers VALUES (@number)", new { number }, transaction);
        return connection.QuerySingle<int>("SELECT count(*) FROM numbers", transaction: transaction);
    }
}
