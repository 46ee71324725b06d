using System.Net;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public sealed class ExpiryTests : IAsyncLifetime
{
    private TestDirectory _directory = null!;

    public async Task InitializeAsync()
    {
        _directory = await TestDirectory.StartAsync(ActivationMode.Log);
        await _directory.Log.NextAsync("Removed 0 registrations");
    }

    public async Task DisposeAsync() => await _directory.DisposeAsync();

    [Fact]
    public async Task A_link_works_until_a_day_is_over()
    {
        var (activation, _) = await _directory.RegisterForLinksAsync("amy");
        _directory.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        await _directory.Http.GetAsync(activation).ShouldBeAsync(HttpStatusCode.OK, "user activated");
    }

    [Fact]
    public async Task A_link_is_gone_after_a_day_and_the_name_free_after_the_cleaning()
    {
        var (activation, _) = await _directory.RegisterForLinksAsync("amy");
        _directory.Clock.Advance(TimeSpan.FromHours(15));
        await _directory.Log.NextAsync("Removed 0 registrations");
        _directory.Clock.Advance(TimeSpan.FromHours(9));
        await _directory.Http.GetAsync(activation).ShouldBeAsync(HttpStatusCode.Gone, "activation link expired");
        await _directory.RegisterAsync("amy", keysOf: "ben").ShouldBeAsync(HttpStatusCode.BadRequest, "user already exist");

        _directory.Clock.Advance(TimeSpan.FromHours(15));
        await _directory.Log.NextAsync("Removed 1 registrations");
        await _directory.Http.GetAsync(activation).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await _directory.RegisterAsync("amy", keysOf: "ben").ShouldBeAsync(HttpStatusCode.Created, "user created");
    }

    [Fact]
    public async Task A_restart_cleans_too()
    {
        await _directory.RegisterForLinksAsync("amy");
        var clock = _directory.Clock;
        await _directory.Server.DisposeAsync();
        clock.Advance(TimeSpan.FromHours(25));
        await _directory.RestartAsync();
        await _directory.Log.NextAsync("Removed 1 registrations");
    }

    [Fact]
    public async Task An_active_user_does_not_expire()
    {
        var (activation, _) = await _directory.RegisterForLinksAsync("amy");
        (await _directory.Http.GetAsync(activation)).Dispose();
        _directory.Clock.Advance(TimeSpan.FromHours(48));
        await _directory.Log.NextAsync("Removed 0 registrations");
        using var found = await _directory.Http.GetAsync(new Uri("users/amy", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }
}
