using System.Net;
using Dapper;
using DbUp;
using Microsoft.Data.Sqlite;
using NesActors.Directory.Tests.Support;
using NesActors.Records;

namespace NesActors.Directory.Tests.Server;

/// <summary>A database that was made before there were records.</summary>
public sealed class OldDatabaseTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Then = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private TestDirectory _directory = null!;

    public async Task InitializeAsync() => _directory = await TestDirectory.StartAsync(ActivationMode.Log, prepare: Fill);

    public async Task DisposeAsync() => await _directory.DisposeAsync();

    [Fact]
    public async Task An_active_user_gets_a_first_record()
    {
        var record = await _directory.RecordAsync("amy");
        Assert.Equal((1, RecordStatus.Active, Then.AddHours(1), null), (record.Rev, record.Status, record.Since, record.Prev));
        Assert.Equal((TestKeys.Message("amy"), TestKeys.Sign("amy")), (record.MessageKey, record.SignKey));
        Assert.Equal(RecordOrigin.Registration, Assert.Single((await _directory.HistoryAsync("amy")).Entries).Origin);
    }

    [Fact]
    public async Task Two_names_with_the_same_keys_keep_them() => Assert.Equal(TestKeys.Sign("amy"), (await _directory.RecordAsync("amy-too")).SignKey);

    [Fact]
    public async Task A_deleted_user_gets_a_tombstone()
    {
        await _directory.GetAsync("users/gone").ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        var history = await _directory.HistoryAsync("gone");
        var tombstone = Assert.Single(history.Records());
        Assert.Equal((1, RecordStatus.Deleted, Then.AddHours(2), null), (tombstone.Rev, tombstone.Status, tombstone.Since, tombstone.SignKey));
        Assert.Equal(RecordOrigin.Deletion, history.Entries[0].Origin);
        await _directory.RegisterAsync("gone", keysOf: "cat3072").ShouldBeAsync(HttpStatusCode.BadRequest, "user already exist");
    }

    [Fact]
    public Task A_pending_user_gets_none() => _directory.GetAsync("users/ben/history").ShouldBeAsync(HttpStatusCode.NotFound, "user not found");

    [Fact]
    public async Task A_second_start_writes_no_more()
    {
        await _directory.RestartAsync();
        Assert.Equal(1, (await _directory.HistoryAsync("amy")).Last);
    }

    [Fact]
    public async Task The_owner_goes_on_from_there()
    {
        var amy = _directory.Owner("amy");
        using var changed = await _directory.SendAsync("PUT", "users/amy/keys", amy.Change(await _directory.RecordAsync("amy"), _directory.Owner("dan-4096")));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(2, (await _directory.RecordAsync("amy")).Rev);
    }

    [Fact]
    public async Task Larger_pages_are_its_operators_choice()
    {
        using (var before = _directory.OpenDatabase()) Assert.Equal(4096, before.ExecuteScalar<long>("PRAGMA page_size"));
        var record = await _directory.RecordAsync("amy");
        await _directory.Server.DisposeAsync();
        // As docs/operating.md has it.
        using (var file = _directory.OpenDatabase())
        {
            file.Execute("PRAGMA journal_mode = DELETE; PRAGMA page_size = 16384; VACUUM");
            Assert.Equal(16384, file.ExecuteScalar<long>("PRAGMA page_size"));
        }
        await _directory.RestartAsync();
        Assert.Equal(record, await _directory.RecordAsync("amy"));
        using var after = _directory.OpenDatabase();
        Assert.Equal("wal", after.ExecuteScalar<string>("PRAGMA journal_mode"));
    }

    private static void Fill(TempFolder folder)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = folder.File("directory.db"), Pooling = false }.ToString();
        var made = DeployChanges.To.SqliteDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(DirectoryServer).Assembly, name => name.EndsWith("0001-users.sql", StringComparison.Ordinal))
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        Assert.True(made.Successful);
        using var connection = new SqliteConnection(connectionString);
        Add("amy", "active", "amy");
        Add("amy-too", "active", "amy");
        Add("gone", "deleted", null);
        Add("ben", "pending", "ben");

        void Add(string name, string status, string? keysOf) => connection.Execute(
            """
            INSERT INTO users (name, status, email, message_key, sign_key, registered_at, activated_at, deleted_at, answer)
            VALUES (@name, @status, 'old@example.org', @message, @sign, @registered, @activated, @deleted, x'00')
            """,
            new
            {
                name,
                status,
                message = keysOf is null ? null : TestKeys.Message(keysOf),
                sign = keysOf is null ? null : TestKeys.Sign(keysOf),
                registered = Then.ToUnixTimeMilliseconds(),
                activated = status == "pending" ? null : (long?)Then.AddHours(1).ToUnixTimeMilliseconds(),
                deleted = status == "deleted" ? (long?)Then.AddHours(2).ToUnixTimeMilliseconds() : null,
            });
    }
}
