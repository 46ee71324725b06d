using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Mail;
using NesActors.Directory.Tests.Support;
using NesActors.Testing;
using Npgsql;

namespace NesActors.Directory.Tests.Server;

public sealed class DatabaseFailureTests
{
    private const string TryAgain = "directory unavailable, try again later";

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_busy_sqlite_is_no_refusal_and_looking_up_goes_on()
    {
        await using var directory = await TestDirectory.StartAsync(databaseTimeout: Short);
        using var registered = await directory.RegisterAsync("amy");
        using var other = OpenSqlite(directory);
        using (other.BeginTransaction(deferred: false))
        {
            await directory.RegisterAsync("ben", keysOf: "ben").ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);
            await directory.SendAsync("POST", "users/amy/revoke", directory.Owner("amy").Revocation("amy")).ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);
            using var found = await directory.GetAsync("users/amy");
            Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        }
        await directory.RegisterAsync("ben", keysOf: "ben").ShouldBeAsync(HttpStatusCode.Created, "user created");
    }

    [Fact]
    public async Task A_registration_whose_mail_cannot_be_stored_leaves_nothing()
    {
        await using var directory = await TestDirectory.StartAsync(ActivationMode.Mail, configure: options => options with
        {
            // Nobody listens there: the mails wait.
            Mail = new MailOptions { Host = "127.0.0.1", Port = FreePort.Next(), From = "keys@example.org" },
        });
        using var other = OpenSqlite(directory);
        other.Execute("CREATE TRIGGER no_mails BEFORE INSERT ON mails BEGIN SELECT RAISE(ABORT, 'no'); END");
        await directory.RegisterAsync("amy").ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);
        Assert.Equal(0, other.ExecuteScalar<long>("SELECT COUNT(*) FROM users"));
        other.Execute("DROP TRIGGER no_mails");
        await directory.RegisterAsync("amy").ShouldBeAsync(HttpStatusCode.Created, "user created");
        Assert.Equal(1, other.ExecuteScalar<long>("SELECT COUNT(*) FROM mails"));
    }

    [Fact]
    public async Task A_broken_sqlite_never_says_that_there_is_no_such_user()
    {
        await using var directory = await TestDirectory.StartAsync(ActivationMode.Log, Short);
        await directory.OwnerOfAsync("amy", ActivationMode.Log);
        using (var other = OpenSqlite(directory)) other.Execute("ALTER TABLE users RENAME TO lost");
        await EveryRequestIsToTryAgainAsync(directory);
    }

    [RealPartFact("initdb", "postgres", "createdb", "setpriv")]
    public async Task A_locked_postgres_is_no_refusal()
    {
        var database = await PostgresServer.NewDatabaseAsync();
        await using var directory = await TestDirectory.StartAsync(ActivationMode.Log, Short, database);
        await directory.OwnerOfAsync("amy", ActivationMode.Log);
        await using var other = new NpgsqlConnection(database + ";Pooling=false");
        await other.OpenAsync();
        await using (var transaction = await other.BeginTransactionAsync())
        {
            await other.ExecuteAsync("LOCK TABLE users", transaction: transaction);
            await EveryRequestIsToTryAgainAsync(directory);
        }
        Assert.Equal(1, (await directory.RecordAsync("amy")).Rev);
    }

    [RealPartFact("initdb", "postgres", "createdb", "setpriv")]
    public async Task A_stopped_postgres_never_says_that_there_is_no_such_user()
    {
        var postgres = await PostgresServer.StartAsync();
        await using var directory = await TestDirectory.StartAsync(ActivationMode.Log, Short, await postgres.CreateDatabaseAsync());
        await directory.OwnerOfAsync("amy", ActivationMode.Log);
        await postgres.DisposeAsync();
        await EveryRequestIsToTryAgainAsync(directory);
        Assert.DoesNotContain(directory.Log.All, line => line.Contains("somebody@example.org", StringComparison.Ordinal));
    }

    [RealPartFact("initdb", "postgres", "createdb", "setpriv")]
    public async Task Does_not_start_without_its_postgres_and_says_where_it_should_be()
    {
        using var folder = new TempFolder();
        TestKeys.PutDirectoryKey(folder);
        var options = new DirectoryOptions
        {
            Listen = new Uri("http://127.0.0.1:0"),
            DataFolder = folder.Path,
            Activation = ActivationMode.None,
            PostgresConnection = $"Host=127.0.0.1;Port={FreePort.Next()};Database=keys;Username=postgres;Password=hunter2",
        };
        var error = await Assert.ThrowsAsync<DirectoryException>(() => DirectoryServer.StartAsync(options, CancellationToken.None));
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
    }

    private static async Task EveryRequestIsToTryAgainAsync(TestDirectory directory)
    {
        var (amy, ben) = (directory.Owner("amy"), directory.Owner("ben"));
        foreach (var path in (string[])["users/amy", "users/amy/history", "users/amy/recovery", "users/amy/" + new string('A', 43)])
            await directory.GetAsync(path).ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);
        await directory.RegisterAsync("ben", keysOf: "ben").ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);
        await directory.SendAsync("POST", "users/amy/revoke", amy.Revocation("amy")).ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);
        await directory.SendAsync("POST", "users/amy/recovery", ben.Recovery("amy")).ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);
        await directory.SendAsync("POST", "users/amy/recovery/veto", amy.Veto("amy", ben)).ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);
        using var client = directory.Client();
        Assert.IsType<LookupResult.Unavailable>(await client.LookUpAsync(Username.Parse("amy"), CancellationToken.None));
    }

    private static SqliteConnection OpenSqlite(TestDirectory directory)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = directory.Folder.File("directory.db"), Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
