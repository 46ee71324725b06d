using System.Net;
using NesActors.FrontEnd.Rest.Webhooks;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests.Webhooks;

/// <summary>The routes of <c>/v1/webhooks</c>, without anybody who is told anything.</summary>
public sealed class WebhooksApiTests
{
    private const string Url = "https://receiver.example/hook?key=1";

    [RealPartFact(GatewayLab.Program)]
    public async Task Registers_shows_lists_and_removes()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");

        using var answer = await alice.PostAsync("/v1/webhooks", Answers.Json(new { url = Url, events = new[] { "state", "message" }, name = "bot" }));
        var made = await Task.FromResult(answer).JsonAsync(HttpStatusCode.Created);
        var webhook = made.GetProperty("webhook");
        var id = webhook.Text("id");

        Assert.Equal($"/v1/webhooks/{id}", answer.Headers.Location?.ToString());
        Assert.Matches("^whsec_[A-Za-z0-9+/]{43}=$", made.Text("secret"));
        Assert.Equal((Url, "bot", "enabled", true), (webhook.Text("url"), webhook.Text("name"), webhook.Text("status"), webhook.GetProperty("enabled").GetBoolean()));
        Assert.Equal(["message", "state"], webhook.GetProperty("events").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(webhook.ToString(), (await alice.GetAsync($"/v1/webhooks/{id}").JsonAsync()).ToString());
        Assert.Equal(webhook.ToString(), Assert.Single((await alice.GetAsync("/v1/webhooks").JsonAsync()).GetProperty("webhooks").EnumerateArray()).ToString());
        await alice.DeleteAsync($"/v1/webhooks/{id}").EmptyAsync();
        Assert.Empty((await alice.GetAsync("/v1/webhooks").JsonAsync()).GetProperty("webhooks").EnumerateArray());
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Tells_of_messages_where_nothing_else_is_asked_for_and_takes_a_receiver_twice()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");

        var one = await alice.PostAsync("/v1/webhooks", Answers.Json(new { url = Url })).JsonAsync(HttpStatusCode.Created);
        var two = await alice.PostAsync("/v1/webhooks", Answers.Json(new { url = Url })).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(["message"], one.GetProperty("webhook").GetProperty("events").EnumerateArray().Select(type => type.GetString()));
        Assert.NotEqual(one.Text("secret"), two.Text("secret"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Says_what_is_wrong_with_a_wish()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        string[] wrong =
        [
            "", "receiver.example", "/hook", "ftp://receiver.example/", "file:///etc/passwd", "javascript:alert(1)", "http://", "https:///hook", "http://user:word@receiver.example/", "http://user@receiver.example/",
            "https://receiver.example/#part", "https://receiver.example/#", "https://receiver.example/a b", "https://receiver.example/\r\nHost: x", "https://receiver.example:0/", "https://receiver.example:70000/",
            "https://rec\u0435iver.example/", "https://127.0.0.1/", "https://[::1]/", "https://localhost/", $"https://receiver.example/{new string('a', 2048)}",
        ];
        foreach (var url in wrong)
        {
            var problem = await alice.PostAsync("/v1/webhooks", Answers.Json(new { url })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
            Assert.StartsWith("url: ", problem.Text("detail"));
        }

        await alice.PostAsync("/v1/webhooks", Answers.Json(new { url = Url, events = new[] { "mesage" } })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await alice.PostAsync("/v1/webhooks", Answers.Json(new { url = Url, events = Array.Empty<string>() })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await alice.PostAsync("/v1/webhooks", Answers.Json(new { url = Url, name = "" })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await alice.PostAsync("/v1/webhooks", Answers.Json(new { url = Url, name = new string('a', 65) })).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await alice.PostAsync("/v1/webhooks", Answers.Json(new { url = Url, secret = "mine" })).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        await alice.PostAsync("/v1/webhooks", Answers.Json(new { name = "bot" })).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
        await alice.GetAsync("/v1/webhooks?after=1").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        Assert.Empty((await alice.GetAsync("/v1/webhooks").JsonAsync()).GetProperty("webhooks").EnumerateArray());
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Finds_nothing_where_there_is_nothing()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        var id = (await alice.PostAsync("/v1/webhooks", Answers.Json(new { url = Url })).JsonAsync(HttpStatusCode.Created)).GetProperty("webhook").Text("id");

        await alice.GetAsync("/v1/webhooks/none").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await alice.DeleteAsync("/v1/webhooks/none").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await alice.PatchAsync("/v1/webhooks/none", Answers.Json(new { enabled = true })).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await alice.GetAsync("/v1/webhooks/none/deliveries").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await alice.PostAsync("/v1/webhooks/none/secret", null).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await alice.PostAsync("/v1/webhooks/none/replay", null).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await alice.PostAsync($"/v1/webhooks/{id}/deliveries/1/replay", null).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await alice.PostAsync($"/v1/webhooks/{id}/deliveries/one/replay", null).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await alice.GetAsync($"/v1/webhooks/{id}/deliveries?state=lost").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await alice.PatchAsync($"/v1/webhooks/{id}", Answers.Json(new { url = Url })).ProblemAsync(HttpStatusCode.BadRequest, "invalid_request");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_webhook_belongs_to_one_identity_and_needs_the_scope_admin()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice", "bob");
        var (alice, bob) = (await gateway.AsAsync("alice", "admin"), await gateway.AsAsync("bob", "admin"));
        var id = (await alice.PostAsync("/v1/webhooks", Answers.Json(new { url = Url })).JsonAsync(HttpStatusCode.Created)).GetProperty("webhook").Text("id");

        Assert.Empty((await bob.GetAsync("/v1/webhooks").JsonAsync()).GetProperty("webhooks").EnumerateArray());
        await bob.GetAsync($"/v1/webhooks/{id}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await bob.DeleteAsync($"/v1/webhooks/{id}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await bob.PostAsync($"/v1/webhooks/{id}/secret", null).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        var others = await gateway.AsAsync("alice", "send", "read");
        await others.GetAsync("/v1/webhooks").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await others.PostAsync("/v1/webhooks", Answers.Json(new { url = Url })).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await others.PostAsync($"/v1/webhooks/{id}/replay", null).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await gateway.Anonymous().GetAsync($"/v1/webhooks/{id}").ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task An_identity_has_twenty_webhooks_at_most()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        using var alice = (await lab.ServeAsync("alice")).BySocket("alice");
        for (var i = 0; i < WebhookStore.MaxWebhooks; i++) await alice.PostAsync("/v1/webhooks", Answers.Json(new { url = Url })).JsonAsync(HttpStatusCode.Created);

        await alice.PostAsync("/v1/webhooks", Answers.Json(new { url = Url })).ProblemAsync(HttpStatusCode.Conflict, "conflict");
    }
}
