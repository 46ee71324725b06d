using System.Net;
using Dapper;
using NesActors.Directory.Tests.Support;
using NesActors.Testing;
using Npgsql;

namespace NesActors.Directory.Tests.Server;

public sealed class OneServerTests
{
    private const string TryAgain = "directory unavailable, try again later";

    [Fact]
    public async Task A_second_server_on_a_folder_is_refused()
    {
        await using var first = await TestDirectory.StartAsync();
        var error = await Assert.ThrowsAsync<DirectoryException>(() => DirectoryServer.StartAsync(Options(first.Folder, first, TimeSpan.Zero), CancellationToken.None));
        Assert.Contains(first.Folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_waits_for_the_one_before_to_stop()
    {
        await using var first = await TestDirectory.StartAsync();
        var second = DirectoryServer.StartAsync(Options(first.Folder, first, TimeSpan.FromSeconds(5)), CancellationToken.None);
        Assert.False(second.IsCompleted);
        await first.Server.DisposeAsync();
        first.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await (await second.WaitAsync(Patience.Limit)).DisposeAsync();
    }

    [RealPartFact("initdb", "postgres", "createdb", "setpriv")]
    public async Task A_second_server_on_a_PostgreSQL_database_is_refused()
    {
        await using var first = await TestDirectory.StartAsync(postgres: await PostgresServer.NewDatabaseAsync());
        using var folder = new TempFolder();
        TestKeys.PutDirectoryKey(folder);
        var error = await Assert.ThrowsAsync<DirectoryException>(() => DirectoryServer.StartAsync(Options(folder, first, TimeSpan.Zero), CancellationToken.None));
        Assert.Contains("Another key directory uses the database", error.Message, StringComparison.Ordinal);
        await first.Server.DisposeAsync();
        await (await DirectoryServer.StartAsync(Options(folder, first, TimeSpan.Zero), CancellationToken.None)).DisposeAsync();
    }

    [RealPartFact("initdb", "postgres", "createdb", "setpriv")]
    public async Task While_another_has_the_PostgreSQL_database_nothing_is_written_and_nothing_in_memory_believed()
    {
        await using var directory = await TestDirectory.StartAsync(postgres: await PostgresServer.NewDatabaseAsync());
        (await directory.RegisterAsync("amy")).Dispose();
        await using var other = new NpgsqlConnection(directory.Postgres + ";Pooling=false");
        await other.OpenAsync();
        var (server, key) = await other.QuerySingleAsync<(int, long)>(
            "SELECT pid, (classid::bigint << 32) | objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        await using var killer = new NpgsqlConnection(directory.Postgres + ";Pooling=false");
        var waiting = other.ExecuteAsync("SELECT pg_advisory_lock(@key)", new { key });
        await killer.ExecuteAsync("SELECT pg_terminate_backend(@server)", new { server });
        await waiting.WaitAsync(Patience.Limit);
        await directory.Log.NextAsync("is lost");

        await directory.RegisterAsync("ben", keysOf: "ben").ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);
        await directory.LookUpAsync("amy");
        await killer.ExecuteAsync("UPDATE users SET name = 'zoe' WHERE name = 'amy'");
        await directory.Http.GetAsync(new Uri("users/amy", UriKind.Relative)).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        using (var zoe = await directory.Http.GetAsync(new Uri("users/zoe", UriKind.Relative))) Assert.Equal(HttpStatusCode.OK, zoe.StatusCode);

        await other.ExecuteAsync("SELECT pg_advisory_unlock(@key)", new { key });
        var regained = directory.Log.NextAsync("alone again");
        while (!regained.IsCompleted)
        {
            directory.Clock.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Yield();
        }
        await directory.RegisterAsync("ben", keysOf: "ben").ShouldBeAsync(HttpStatusCode.Created, "user created");
        using var still = await directory.Http.GetAsync(new Uri("users/zoe", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    private static DirectoryOptions Options(TempFolder folder, TestDirectory like, TimeSpan patience) => new()
    {
        Listen = new Uri("http://127.0.0.1:0"),
        DataFolder = folder.Path,
        Activation = ActivationMode.None,
        PostgresConnection = like.Postgres,
        Patience = patience,
        Clock = like.Clock,
        LoggerFactory = like.Log,
    };
}
