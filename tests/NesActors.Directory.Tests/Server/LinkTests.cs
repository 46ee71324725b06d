using System.Net;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public abstract class LinkSpec(Database database) : ServerSpec(database, ActivationMode.Log)
{
    private static readonly Uri Amy = new("users/amy", UriKind.Relative);

    [SkippableFact]
    public async Task Activates_once()
    {
        var (activation, _) = await Directory.RegisterForLinksAsync("amy");
        await Directory.Http.PostAsync(activation, null).ShouldBeAsync(HttpStatusCode.OK, "user activated");
        using var found = await Directory.Http.GetAsync(Amy);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        await Directory.Http.PostAsync(activation, null).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
    }

    [SkippableFact]
    public async Task Deletes_an_active_user_and_never_gives_the_name_away()
    {
        var (activation, deletion) = await Directory.RegisterForLinksAsync("amy");
        await Directory.Http.PostAsync(deletion, null).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await Directory.Http.PostAsync(activation, null).ShouldBeAsync(HttpStatusCode.OK, "user activated");
        await Directory.Http.PostAsync(deletion, null).ShouldBeAsync(HttpStatusCode.OK, "user deleted");

        await Directory.Http.GetAsync(Amy).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await Directory.RegisterAsync("amy", keysOf: "ben").ShouldBeAsync(HttpStatusCode.BadRequest, "user already exist");
        await Directory.Http.PostAsync(deletion, null).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        Directory.Clock.Advance(TimeSpan.FromDays(2));
        await Directory.Log.NextAsync("Removed 0 registrations");
        await Directory.RegisterAsync("amy", keysOf: "ben").ShouldBeAsync(HttpStatusCode.BadRequest, "user already exist");
    }

    [SkippableFact]
    public async Task Leaves_no_personal_data_of_a_deleted_user_in_the_database()
    {
        var (activation, deletion) = await Directory.RegisterForLinksAsync("amy");
        (await Directory.Http.PostAsync(activation, null)).Dispose();
        (await Directory.Http.PostAsync(deletion, null)).Dispose();
        var database = await Directory.StopAndReadDatabaseAsync();
        Assert.DoesNotContain("somebody@example.org", database, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%00")]
    [InlineData("'%20OR%201=1--")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Takes_no_other_token(string token)
    {
        var (activation, _) = await Directory.RegisterForLinksAsync("amy");
        using var response = await Directory.Http.PostAsync(new Uri($"users/amy/{token}", UriKind.Relative), null);
        Assert.InRange((int)response.StatusCode, 400, 404);
        await Directory.Http.PostAsync(activation, null).ShouldBeAsync(HttpStatusCode.OK, "user activated");
    }

    [SkippableFact]
    public async Task Takes_no_token_of_somebody_else()
    {
        await Directory.RegisterForLinksAsync("amy");
        var (activation, _) = await Directory.RegisterForLinksAsync("ben");
        var mixed = new Uri(activation.AbsoluteUri.Replace("/ben/", "/amy/", StringComparison.Ordinal));
        await Directory.Http.PostAsync(mixed, null).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
    }

    [SkippableFact]
    public async Task Keeps_only_hashes_of_the_tokens()
    {
        var (activation, deletion) = await Directory.RegisterForLinksAsync("amy");
        var database = await Directory.StopAndReadDatabaseAsync();
        foreach (var link in (Uri[])[activation, deletion])
        {
            var token = link.Segments[^1];
            Assert.Equal(43, token.Length);
            Assert.DoesNotContain(token, database, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task Two_clicks_at_once_activate_once()
    {
        var (activation, _) = await Directory.RegisterForLinksAsync("amy");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var response = await Directory.Http.PostAsync(activation, null);
            return response.StatusCode;
        }));
        Assert.Single(answers, HttpStatusCode.OK);
        Assert.Equal(19, answers.Count(status => status == HttpStatusCode.NotFound));
    }

    [SkippableFact]
    public async Task Links_begin_with_the_public_address_whatever_the_request_says()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "users") { Content = new StringContent("{}") };
        request.Headers.Host = "evil.example";
        (await Directory.Http.SendAsync(request)).Dispose();
        var (activation, deletion) = await Directory.RegisterForLinksAsync("amy");
        Assert.Equal(Directory.Server.BaseAddress.Authority, activation.Authority);
        Assert.Equal(Directory.Server.BaseAddress.Authority, deletion.Authority);
    }

    [SkippableFact]
    public async Task Logs_no_link_but_when_it_is_made_and_never_an_address()
    {
        var (activation, deletion) = await Directory.RegisterForLinksAsync("amy");
        (await Directory.Http.PostAsync(activation, null)).Dispose();
        (await Directory.Http.PostAsync(deletion, null)).Dispose();
        Assert.Single(Directory.Log.All, line => line.Contains(activation.Segments[^1], StringComparison.Ordinal));
        Assert.DoesNotContain(Directory.Log.All, line => line.Contains("somebody@", StringComparison.Ordinal));
    }
}

public sealed class LinkTests() : LinkSpec(Database.Sqlite);

public sealed class PostgresLinkTests() : LinkSpec(Database.Postgres);
