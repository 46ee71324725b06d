using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;
using NesActors.Contracts;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public sealed class DatabaseFailureTests : IAsyncLifetime
{
    private const string TryAgain = "directory unavailable, try again later";

    private TestDirectory _directory = null!;

    public async Task InitializeAsync() => _directory = await TestDirectory.StartAsync(databaseTimeout: TimeSpan.FromSeconds(1));

    public async Task DisposeAsync() => await _directory.DisposeAsync();

    [Fact]
    public async Task A_busy_database_is_no_refusal_and_looking_up_goes_on()
    {
        using var registered = await _directory.RegisterAsync("amy");
        using var other = OpenDatabase();
        using (other.BeginTransaction(deferred: false))
        {
            await _directory.RegisterAsync("ben", keysOf: "ben").ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);
            using var found = await _directory.Http.GetAsync(new Uri("users/amy", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        }
        await _directory.RegisterAsync("ben", keysOf: "ben").ShouldBeAsync(HttpStatusCode.Created, "user created");
    }

    [Fact]
    public async Task A_broken_database_never_says_that_there_is_no_such_user()
    {
        using var registered = await _directory.RegisterAsync("amy");
        using (var other = OpenDatabase()) other.Execute("ALTER TABLE users RENAME TO lost");
        await _directory.Http.GetAsync(new Uri("users/amy", UriKind.Relative)).ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);
        await _directory.Http.GetAsync(new Uri("users/amy/" + new string('A', 43), UriKind.Relative)).ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);
        await _directory.RegisterAsync("ben").ShouldBeAsync(HttpStatusCode.ServiceUnavailable, TryAgain);

        using var client = _directory.Client();
        Assert.IsType<LookupResult.Unavailable>(await client.LookUpAsync(Username.Parse("amy"), CancellationToken.None));
    }

    private SqliteConnection OpenDatabase()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _directory.Folder.File("directory.db"), Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
