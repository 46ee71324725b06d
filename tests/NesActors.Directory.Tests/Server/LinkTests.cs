using System.Net;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public sealed class LinkTests : IAsyncLifetime
{
    private static readonly Uri Amy = new("users/amy", UriKind.Relative);

    private TestDirectory _directory = null!;

    public async Task InitializeAsync() => _directory = await TestDirectory.StartAsync(ActivationMode.Log);

    public async Task DisposeAsync() => await _directory.DisposeAsync();

    [Fact]
    public async Task Activates_once()
    {
        var (activation, _) = await _directory.RegisterForLinksAsync("amy");
        await _directory.Http.GetAsync(activation).ShouldBeAsync(HttpStatusCode.OK, "user activated");
        using var found = await _directory.Http.GetAsync(Amy);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        await _directory.Http.GetAsync(activation).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
    }

    [Fact]
    public async Task Deletes_an_active_user_and_never_gives_the_name_away()
    {
        var (activation, deletion) = await _directory.RegisterForLinksAsync("amy");
        await _directory.Http.GetAsync(deletion).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await _directory.Http.GetAsync(activation).ShouldBeAsync(HttpStatusCode.OK, "user activated");
        await _directory.Http.GetAsync(deletion).ShouldBeAsync(HttpStatusCode.OK, "user deleted");

        await _directory.Http.GetAsync(Amy).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await _directory.RegisterAsync("amy", keysOf: "ben").ShouldBeAsync(HttpStatusCode.BadRequest, "user already exist");
        await _directory.Http.GetAsync(deletion).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        _directory.Clock.Advance(TimeSpan.FromDays(2));
        await _directory.Log.NextAsync("Removed 0 registrations");
        await _directory.RegisterAsync("amy", keysOf: "ben").ShouldBeAsync(HttpStatusCode.BadRequest, "user already exist");
    }

    [Fact]
    public async Task Leaves_no_personal_data_of_a_deleted_user_in_the_database()
    {
        var (activation, deletion) = await _directory.RegisterForLinksAsync("amy");
        (await _directory.Http.GetAsync(activation)).Dispose();
        (await _directory.Http.GetAsync(deletion)).Dispose();
        await _directory.Server.DisposeAsync();
        var database = await File.ReadAllTextAsync(_directory.Folder.File("directory.db"), System.Text.Encoding.Latin1);
        Assert.DoesNotContain("somebody@example.org", database, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%00")]
    [InlineData("'%20OR%201=1--")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Takes_no_other_token(string token)
    {
        var (activation, _) = await _directory.RegisterForLinksAsync("amy");
        using var response = await _directory.Http.GetAsync(new Uri($"users/amy/{token}", UriKind.Relative));
        Assert.InRange((int)response.StatusCode, 400, 404);
        await _directory.Http.GetAsync(activation).ShouldBeAsync(HttpStatusCode.OK, "user activated");
    }

    [Fact]
    public async Task Takes_no_token_of_somebody_else()
    {
        await _directory.RegisterForLinksAsync("amy");
        var (activation, _) = await _directory.RegisterForLinksAsync("ben");
        var mixed = new Uri(activation.AbsoluteUri.Replace("/ben/", "/amy/", StringComparison.Ordinal));
        await _directory.Http.GetAsync(mixed).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
    }

    [Fact]
    public async Task Keeps_only_hashes_of_the_tokens()
    {
        var (activation, deletion) = await _directory.RegisterForLinksAsync("amy");
        await _directory.Server.DisposeAsync();
        var database = await File.ReadAllTextAsync(_directory.Folder.File("directory.db"), System.Text.Encoding.Latin1);
        foreach (var link in (Uri[])[activation, deletion])
        {
            var token = link.Segments[^1];
            Assert.Equal(43, token.Length);
            Assert.DoesNotContain(token, database, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_clicks_at_once_activate_once()
    {
        var (activation, _) = await _directory.RegisterForLinksAsync("amy");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var response = await _directory.Http.GetAsync(activation);
            return response.StatusCode;
        }));
        Assert.Single(answers, HttpStatusCode.OK);
        Assert.Equal(19, answers.Count(status => status == HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Links_begin_with_the_public_address_whatever_the_request_says()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "users") { Content = new StringContent("{}") };
        request.Headers.Host = "evil.example";
        (await _directory.Http.SendAsync(request)).Dispose();
        var (activation, deletion) = await _directory.RegisterForLinksAsync("amy");
        Assert.Equal(_directory.Server.BaseAddress.Authority, activation.Authority);
        Assert.Equal(_directory.Server.BaseAddress.Authority, deletion.Authority);
    }

    [Fact]
    public async Task Logs_no_link_but_when_it_is_made_and_never_an_address()
    {
        var (activation, deletion) = await _directory.RegisterForLinksAsync("amy");
        (await _directory.Http.GetAsync(activation)).Dispose();
        (await _directory.Http.GetAsync(deletion)).Dispose();
        Assert.Single(_directory.Log.All, line => line.Contains(activation.Segments[^1], StringComparison.Ordinal));
        Assert.DoesNotContain(_directory.Log.All, line => line.Contains("somebody@", StringComparison.Ordinal));
    }
}
