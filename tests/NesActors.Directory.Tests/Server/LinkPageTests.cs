using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Server;

public abstract class LinkPageSpec(Database database) : ServerSpec(database, ActivationMode.Log)
{
    [SkippableFact]
    public async Task Opening_a_link_changes_nothing_however_often_and_by_whatever_method()
    {
        var (activation, deletion) = await Directory.RegisterForLinksAsync("amy");
        for (var i = 0; i < 3; i++)
        {
            foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
            {
                using var response = await Directory.Http.SendAsync(new HttpRequestMessage(method, activation));
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
        }
        await Directory.GetAsync("users/amy").ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await Directory.Http.PostAsync(activation, null).ShouldBeAsync(HttpStatusCode.OK, "user activated");
        (await Directory.Http.GetAsync(deletion)).Dispose();
        Assert.Equal(1, (await Directory.RecordAsync("amy")).Rev);
    }

    [SkippableFact]
    public async Task The_page_has_one_button_that_may_post_to_its_own_address_and_no_script()
    {
        var (activation, _) = await Directory.RegisterForLinksAsync("amy");
        using var response = await Directory.Http.GetAsync(activation);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<form method=\"post\"><button type=\"submit\">Activate amy</button></form>", page, StringComparison.Ordinal);
        Assert.Contains("2026-11-23 12:00 UTC", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        using var home = await Directory.GetAsync("");
        Assert.Contains("form-action 'none'", Assert.Single(home.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Tells_a_program_what_each_link_does()
    {
        var (activation, deletion) = await Directory.RegisterForLinksAsync("amy");
        var day = TimeSpan.FromHours(24);
        await SaysAsync(activation, "activate", day);
        (await Directory.Http.PostAsync(activation, null)).Dispose();
        await SaysAsync(deletion, "delete", null);
        var (confirmation, cancellation) = await Directory.RequestRecoveryAsync("amy", Directory.Owner("ben"));
        await SaysAsync(confirmation, "recover", day);
        await SaysAsync(cancellation, "cancel", day);
        (await Directory.Http.PostAsync(confirmation, null)).Dispose();
        await SaysAsync(cancellation, "cancel", TimeSpan.FromHours(72));
    }

    [SkippableFact]
    public async Task The_page_of_a_recovery_shows_which_key_is_meant()
    {
        var (activation, _) = await Directory.RegisterForLinksAsync("amy");
        (await Directory.Http.PostAsync(activation, null)).Dispose();
        var ben = Directory.Owner("ben");
        var (confirmation, _) = await Directory.RequestRecoveryAsync("amy", ben);
        Assert.Contains(ben.Digests.Sign.Hex, await Directory.Http.GetStringAsync(confirmation), StringComparison.Ordinal);
        using var json = await AskAsync(confirmation);
        Assert.Equal(ben.Digests.Sign.Hex, json.RootElement.GetProperty("sign_key").GetString());
    }

    [SkippableFact]
    public async Task Shows_no_page_for_a_token_that_is_none()
    {
        await Directory.RegisterForLinksAsync("amy");
        await Directory.GetAsync("users/amy/" + new string('A', 43)).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
        await Directory.GetAsync("users/%3Cscript%3E/" + new string('A', 43)).ShouldBeAsync(HttpStatusCode.NotFound, "user not found");
    }

    [SkippableFact]
    public async Task Deletes_a_user_whose_keys_are_revoked()
    {
        var (activation, deletion) = await Directory.RegisterForLinksAsync("amy");
        (await Directory.Http.PostAsync(activation, null)).Dispose();
        (await Directory.SendAsync("POST", "users/amy/revoke", Directory.Owner("amy").Revocation("amy"))).Dispose();
        await Directory.Http.PostAsync(deletion, null).ShouldBeAsync(HttpStatusCode.OK, "user deleted");
        Assert.DoesNotContain("somebody@example.org", await Directory.StopAndReadDatabaseAsync(), StringComparison.Ordinal);
    }

    private async Task SaysAsync(Uri link, string action, TimeSpan? time)
    {
        using var json = await AskAsync(link);
        Assert.Equal(("amy", action), (json.RootElement.GetProperty("user").GetString(), json.RootElement.GetProperty("action").GetString()));
        Assert.Equal(
            (Directory.Clock.GetUtcNow() + time)?.ToUnixTimeMilliseconds(), json.RootElement.TryGetProperty("until", out var until) ? until.GetInt64() : null);
    }

    private async Task<JsonDocument> AskAsync(Uri link)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await Directory.Http.SendAsync(request);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    }
}

public sealed class LinkPageTests() : LinkPageSpec(Database.Sqlite);

public sealed class PostgresLinkPageTests() : LinkPageSpec(Database.Postgres);
