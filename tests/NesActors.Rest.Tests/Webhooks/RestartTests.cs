using System.Net;
using Dapper;
using Microsoft.AspNetCore.Http;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Storage;
using NesActors.FrontEnd.Rest.Webhooks;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests.Webhooks;

/// <summary>Webhooks across the end of a gateway, and those that are told nothing for a while.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nes-rest-webhooks-");

    public void Dispose() => _folder.Delete(recursive: true);

    [RealPartFact(GatewayLab.Program)]
    public async Task The_next_gateway_goes_on_where_the_last_one_stopped()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync("one");
        await lab.WebhookAsync(id, one => one.TryGetProperty("delivered_at", out _));
        lab.Receiver.Answers(StatusCodes.Status500InternalServerError);
        await lab.SayAsync("two");
        var before = await lab.TriedAsync(id, 1);
        await lab.StopAsync();
        await lab.SayAsync("three");

        await lab.ServeAsync();
        var after = await lab.TriedAsync(id, 1);
        lab.Receiver.Answers(StatusCodes.Status200OK);
        lab.GoTo(after);

        Assert.Equal(before.ToString(), after.ToString());
        Assert.Equal(["one", "two", "two", "three"], (await lab.Receiver.NextAsync(4)).Select(told => told.Text));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_request_that_was_under_way_is_made_again()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Receiver.Answer = (_, context) => WebhookReceiver.StallAsync(context);
        await lab.AddAsync();
        await lab.SayAsync("hello");
        var first = await lab.Receiver.NextAsync();

        await lab.StopAsync();
        lab.Receiver.Answers(StatusCodes.Status200OK);
        await lab.ServeAsync();

        Assert.Equal(first.Id, (await lab.Receiver.NextAsync()).Id);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_gateway_that_is_killed_in_the_middle_tells_it_again_at_its_next_start()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var lab = await GatewayLab.StartAsync("bob");
        lab.Directory.Shows("alice");
        var (state, alice) = (Path.Combine(_folder.FullName, "alice.state"), Username.Parse("alice"));
        receiver.Answer = (told, context) => told.Text == "one" ? WebhookReceiver.WithAsync(context, StatusCodes.Status200OK) : WebhookReceiver.StallAsync(context);
        await using (var killed = await RestHostProcess.StartAsync(state, lab.Broker.Address, "never"))
        {
            using var client = killed.Client();
            await client.PostAsync("/v1/webhooks", Answers.Json(new { url = receiver.Address })).JsonAsync(HttpStatusCode.Created);
            await lab["bob"].Messenger.SendAsync(alice, "one", default);
            await lab["bob"].Messenger.SendAsync(alice, "two", default);
            Assert.Equal(["one", "two"], (await receiver.NextAsync(2)).Select(told => told.Text));
            await killed.KillAsync();
        }
        await lab["bob"].Messenger.SendAsync(alice, "three", default);
        receiver.Answers(StatusCodes.Status200OK);

        await using var next = await RestHostProcess.StartAsync(state, lab.Broker.Address, "never");

        Assert.Equal(["two", "three"], (await receiver.NextAsync(2)).Select(told => told.Text));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_receiver_that_says_it_is_gone_is_told_no_more_until_it_is_enabled()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Receiver.Answers(StatusCodes.Status410Gone);
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync("one");
        var gone = await lab.WebhookAsync(id, one => !one.GetProperty("enabled").GetBoolean());
        await lab.SayAsync("two");
        await lab.Alice.PostAsync($"/v1/webhooks/{id}/replay", null).ProblemAsync(HttpStatusCode.Conflict, "conflict");
        await lab.ServeAsync();
        lab.Receiver.Answers(StatusCodes.Status200OK);

        var enabled = await lab.Alice.PatchAsync($"/v1/webhooks/{id}", Answers.Json(new { enabled = true })).JsonAsync();

        Assert.Equal("gone", gone.Text("status"));
        Assert.Contains("410", gone.Text("notice"));
        Assert.Equal("enabled", enabled.Text("status"));
        Assert.Equal(["one", "one", "two"], (await lab.Receiver.NextAsync(3)).Select(told => told.Text));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_receiver_that_takes_nothing_for_five_days_is_told_no_more()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Receiver.Answers(StatusCodes.Status500InternalServerError);
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync("hello");
        var delivery = await lab.TriedAsync(id, 1);
        lab.Clock.Advance(DeliveryStore.GivenUpAfter);

        var failing = await lab.WebhookAsync(id, one => !one.GetProperty("enabled").GetBoolean());

        Assert.Equal("failing", failing.Text("status"));
        Assert.Contains("5 days", failing.Text("notice"));
        Assert.Equal(delivery.Text("failed_at"), failing.Text("failing_since"));
        lab.Receiver.Answers(StatusCodes.Status200OK);
        await lab.Alice.PatchAsync($"/v1/webhooks/{id}", Answers.Json(new { enabled = true })).JsonAsync();
        await lab.DeliveriesAsync(id, all => all.Count == 0);
        Assert.Equal("enabled", (await lab.WebhookAsync(id, _ => true)).Text("status"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task One_that_is_disabled_is_told_later_what_happened_meanwhile()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (id, _) = await lab.AddAsync();
        var disabled = await lab.Alice.PatchAsync($"/v1/webhooks/{id}", Answers.Json(new { enabled = false })).JsonAsync();
        await lab.SayAsync("meanwhile");
        Assert.Equal(("disabled", false), (disabled.Text("status"), disabled.TryGetProperty("notice", out _)));
        Assert.False(lab.Receiver.HasMore);

        await lab.Alice.PatchAsync($"/v1/webhooks/{id}", Answers.Json(new { enabled = true })).JsonAsync();

        Assert.Equal("meanwhile", (await lab.Receiver.NextAsync()).Text);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task One_that_is_removed_in_the_middle_of_a_request_is_told_nothing_more()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Receiver.Answer = (_, context) => WebhookReceiver.StallAsync(context);
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync("one");
        await lab.Receiver.NextAsync();

        await lab.Alice.DeleteAsync($"/v1/webhooks/{id}").EmptyAsync();
        lab.Receiver.Answers(StatusCodes.Status200OK);
        var (other, _) = await lab.AddAsync();
        await lab.SayAsync("two");

        await lab.Alice.GetAsync($"/v1/webhooks/{id}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        var told = await lab.Receiver.NextAsync();
        Assert.StartsWith($"msg_{other}_", told.Id);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task One_that_was_registered_without_a_session_begins_with_the_next_one()
    {
        await using var lab = await WebhookLab.StartAsync();
        await lab.SayAsync("before");
        await lab.StopAsync();
        lab.Clock.SetUtcNow(TimeProvider.System.GetUtcNow());
        await using (var offline = await lab.People.ServeAsync(
            request => request with { Network = null, Identities = [request.Identities[0] with { Messenger = null }], Clock = lab.Clock, MayCallPrivateAddresses = true }, "alice"))
        {
            using var client = offline.BySocket("alice");
            await client.PostAsync("/v1/webhooks", Answers.Json(new { url = lab.Receiver.Address })).JsonAsync(HttpStatusCode.Created);
        }
        await lab.ServeAsync();
        await lab.SayAsync("after");

        Assert.Equal("after", (await lab.Receiver.NextAsync()).Text);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Where_the_log_has_begun_anew_so_does_the_webhook()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Receiver.Answers(StatusCodes.Status500InternalServerError);
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync("hello");
        await lab.TriedAsync(id, 1);
        await lab.Receiver.NextAsync();
        await lab.StopAsync();
        using (var database = GatewayDatabase.Open(lab.People["alice"].Place.Folder)) database.Write((connection, transaction) => connection.Execute("UPDATE webhooks SET position = 1000000", transaction: transaction));
        lab.Receiver.Answers(StatusCodes.Status200OK);
        await lab.ServeAsync();
        await lab.DeliveriesAsync(id, all => all.Count == 0);

        await lab.SayAsync("hello again");

        Assert.Equal("hello again", (await lab.Receiver.NextAsync()).Text);
        Assert.Equal(1, (await lab.WebhookAsync(id, _ => true)).GetProperty("skipped").GetInt32());
    }
}
