using System.Net;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public abstract class ExpirySpec(Database database) : ServerSpec(database, ActivationMode.Log)
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Directory.Log.NextAsync("Removed 0 registrations");
    }

    [SkippableFact]
    public async Task A_link_works_until_a_day_is_over()
    {
        var (activation, _) = await Directory.RegisterForLinksAsync("amy");
        Directory.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        await Directory.Http.PostAsync(activation, null).ShouldBeAsync(HttpStatusCode.OK, "user activated");
    }

    [SkippableFact]
    public async Task A_link_is_gone_after_a_day_and_the_name_free_after_the_cleaning()
    {
        var (activation, _) = await Directory.RegisterForLinksAsync("amy");
        Directory.Clock.Advance(TimeSpan.FromHours(15));
        await Directory.Log.NextAsync("Removed 0 registrations");
        Directory.Clock.Advance(TimeSpan.FromHours(9));
        await Directory.Http.PostAsync(activation, null).ShouldBeAsync(HttpStatusCode.Gone, "activation link expired");
        await Directory.RegisterAsync("amy", keysOf: "ben").ShouldBeAsync(HttpStatusCode.BadRequest, "user already exist");

        Directory.Clock.Advance(TimeSpan.FromHours(15));
        await Directory.Log.NextAsync("Removed 1 registrations");
        await Directory.Http.PostAsync(activation, null).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await Directory.RegisterAsync("amy", keysOf: "ben").ShouldBeAsync(HttpStatusCode.Created, "user created");
    }

    [SkippableFact]
    public async Task A_restart_cleans_too()
    {
        await Directory.RegisterForLinksAsync("amy");
        var clock = Directory.Clock;
        await Directory.Server.DisposeAsync();
        clock.Advance(TimeSpan.FromHours(25));
        await Directory.RestartAsync();
        await Directory.Log.NextAsync("Removed 1 registrations");
    }

    [SkippableFact]
    public async Task Who_comes_after_an_expired_registration_is_not_found_under_its_name()
    {
        await Directory.RegisterForLinksAsync("amy");
        // The server reads the names, and that of amy with her id, which SQLite gives to the next one.
        await Directory.RestartAsync();
        Directory.Clock.Advance(TimeSpan.FromHours(48));
        await Directory.Log.NextAsync("Removed 1 registrations");
        var (activation, _) = await Directory.RegisterForLinksAsync("ben");
        (await Directory.Http.PostAsync(activation, null)).Dispose();
        for (var i = 0; i < 3; i++)
        {
            await Directory.Http.GetAsync(new Uri("users/amy", UriKind.Relative)).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
            Assert.Equal("ben", (await Directory.LookUpAsync("ben")).Record.User.Value);
        }
    }

    [SkippableFact]
    public async Task An_active_user_does_not_expire()
    {
        var (activation, _) = await Directory.RegisterForLinksAsync("amy");
        (await Directory.Http.PostAsync(activation, null)).Dispose();
        Directory.Clock.Advance(TimeSpan.FromHours(48));
        await Directory.Log.NextAsync("Removed 0 registrations");
        using var found = await Directory.Http.GetAsync(new Uri("users/amy", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }
}

public sealed class ExpiryTests() : ExpirySpec(Database.Sqlite);

public sealed class PostgresExpiryTests() : ExpirySpec(Database.Postgres);
