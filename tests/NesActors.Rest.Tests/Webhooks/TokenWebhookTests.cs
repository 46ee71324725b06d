using System.Net;
using System.Text.Json;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests.Webhooks;

/// <summary>A webhook ends with the token by which it was registered.</summary>
public sealed class TokenWebhookTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task When_the_token_is_revoked_its_webhook_is_told_nothing_more_and_others_are()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (token, id) = await AddByTokenAsync(lab);
        var (other, _) = await lab.AddAsync();
        await lab.SayAsync("before");
        await lab.Receiver.NextAsync(2);
        await TakenAsync(lab, id, other);

        using var revoked = await lab.Alice.DeleteAsync($"/v1/tokens/{token}");
        await lab.SayAsync("after");

        Assert.Contains(other, (await lab.Receiver.NextAsync()).Id);
        await TakenAsync(lab, other);
        Assert.False(lab.Receiver.HasMore);
        var webhook = await lab.WebhookAsync(id, _ => true);
        Assert.Equal(("token_ended", false, token), (webhook.Text("status"), webhook.GetProperty("enabled").GetBoolean(), webhook.Text("token")));
        Assert.Contains("revoked", webhook.Text("notice"));
        await lab.Alice.PostAsync($"/v1/webhooks/{id}/replay", null).ProblemAsync(HttpStatusCode.Conflict, "conflict");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_request_that_is_under_way_is_given_up_when_the_token_is_revoked()
    {
        await using var lab = await WebhookLab.StartAsync();
        var gone = new TaskCompletionSource();
        lab.Receiver.Answer = async (_, context) =>
        {
            await WebhookReceiver.StallAsync(context);
            gone.SetResult();
        };
        var (token, _) = await AddByTokenAsync(lab);
        await lab.SayAsync("hello");
        await lab.Receiver.NextAsync();

        using var revoked = await lab.Alice.DeleteAsync($"/v1/tokens/{token}");

        await gone.Task;
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task When_the_token_expires_its_webhook_ends_also_across_a_restart()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (_, id) = await AddByTokenAsync(lab, lab.Clock.GetUtcNow().AddHours(1));
        await lab.SayAsync("before");
        await lab.Receiver.NextAsync();
        await TakenAsync(lab, id);

        lab.Clock.Advance(TimeSpan.FromHours(1));
        await lab.SayAsync("after");
        Assert.Equal("token_ended", (await lab.WebhookAsync(id, _ => true)).Text("status"));
        await lab.ServeAsync();

        Assert.Equal("token_ended", (await lab.WebhookAsync(id, _ => true)).Text("status"));
        var (other, _) = await lab.AddAsync();
        await lab.SayAsync("later");
        Assert.Contains(other, (await lab.Receiver.NextAsync()).Id);
        Assert.False(lab.Receiver.HasMore);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Enabled_again_it_goes_on_where_it_stopped_and_hangs_on_who_enabled_it()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (token, id) = await AddByTokenAsync(lab);
        using var revoked = await lab.Alice.DeleteAsync($"/v1/tokens/{token}");
        await lab.SayAsync("meanwhile");
        var (another, client) = await TokenAsync(lab);

        var enabled = await client.PatchAsync($"/v1/webhooks/{id}", Answers.Json(new { enabled = true })).JsonAsync();

        Assert.Equal(("enabled", another), (enabled.Text("status"), enabled.Text("token")));
        Assert.Equal("meanwhile", (await lab.Receiver.NextAsync()).Text);
        using var again = await lab.Alice.DeleteAsync($"/v1/tokens/{another}");
        Assert.False((await lab.Alice.PatchAsync($"/v1/webhooks/{id}", Answers.Json(new { enabled = true })).JsonAsync()).TryGetProperty("token", out _));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Whoever_enables_one_whose_token_is_good_changes_nothing_about_that()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (token, id) = await AddByTokenAsync(lab);
        var (_, client) = await TokenAsync(lab);

        await client.PatchAsync($"/v1/webhooks/{id}", Answers.Json(new { enabled = false })).JsonAsync();
        var enabled = await client.PatchAsync($"/v1/webhooks/{id}", Answers.Json(new { enabled = true })).JsonAsync();

        Assert.Equal(token, enabled.Text("token"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Webhooks_are_kept_where_that_is_said()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (token, id) = await AddByTokenAsync(lab);

        await lab.Alice.DeleteAsync($"/v1/tokens/{token}?webhooks=perhaps").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        using var revoked = await lab.Alice.DeleteAsync($"/v1/tokens/{token}?webhooks=keep");
        await lab.SayAsync("after");

        Assert.Equal("after", (await lab.Receiver.NextAsync()).Text);
        Assert.False((await lab.WebhookAsync(id, one => one.Text("status") == "enabled")).TryGetProperty("token", out _));
    }

    private static async Task<(string Token, string Webhook)> AddByTokenAsync(WebhookLab lab, DateTimeOffset? expiresAt = null)
    {
        var (token, client) = await TokenAsync(lab, expiresAt);
        var added = await client.PostAsync("/v1/webhooks", Answers.Json(new { url = lab.Receiver.Address })).JsonAsync(HttpStatusCode.Created);
        return (token, added.GetProperty("webhook").Text("id")!);
    }

    private static async Task<(string Token, HttpClient Client)> TokenAsync(WebhookLab lab, DateTimeOffset? expiresAt = null)
    {
        var made = await lab.Alice.PostAsync("/v1/tokens", Answers.Json(new { name = "bot", scopes = new[] { "admin" }, expires_at = expiresAt })).JsonAsync(HttpStatusCode.Created);
        return (made.GetProperty("token").Text("id")!, lab.Gateway.With(made.Text("secret")!));
    }

    /// <summary>Waits until each has taken something, and it is written down.</summary>
    private static async Task TakenAsync(WebhookLab lab, params string[] ids)
    {
        var now = lab.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var id in ids) await lab.WebhookAsync(id, one => one.TryGetProperty("delivered_at", out var at) && at.GetDateTimeOffset().ToUnixTimeMilliseconds() == now);
    }
}
