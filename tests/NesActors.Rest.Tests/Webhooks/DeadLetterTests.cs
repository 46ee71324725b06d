using System.Net;
using Microsoft.AspNetCore.Http;
using NesActors.Contracts;
using NesActors.FrontEnd.Rest.Storage;
using NesActors.FrontEnd.Rest.Webhooks;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests.Webhooks;

/// <summary>What was given up, and how it is told after all.</summary>
public sealed class DeadLetterTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task A_dead_letter_is_told_once_more_when_somebody_wants_it()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (id, told) = await DieAsync(lab, "hello");
        var path = $"/v1/webhooks/{id}/deliveries/{told.Cursor}/replay";

        await lab.Alice.PostAsync(path, null).JsonAsync(HttpStatusCode.Accepted);
        var again = await lab.TriedAsync(id, RetrySchedule.MaxAttempts + 1);
        Assert.Equal(("dead", false), (again.Text("state"), again.GetProperty("replayed").GetBoolean()));
        lab.Receiver.Answers(StatusCodes.Status200OK);
        await lab.Alice.PostAsync(path, null).JsonAsync(HttpStatusCode.Accepted);

        var last = (await lab.Receiver.NextAsync(2))[^1];
        Assert.Equal((told.Id, "hello"), (last.Id, last.Text));
        await lab.DeliveriesAsync(id, all => all.Count == 0);
        await lab.Alice.PostAsync(path, null).ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task All_that_was_not_taken_is_told_now_in_the_order_of_the_log()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (id, _) = await DieAsync(lab, "dead");
        await lab.SayAsync("pending");
        await lab.DeliveriesAsync(id, all => all.Count == 2);
        await lab.Receiver.NextAsync();
        lab.Receiver.Answers(StatusCodes.Status200OK);

        var answer = await lab.Alice.PostAsync($"/v1/webhooks/{id}/replay", null).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(2, answer.GetProperty("replayed").GetInt32());
        Assert.Equal(["dead", "pending"], (await lab.Receiver.NextAsync(2)).Select(one => one.Text).Order());
        await lab.DeliveriesAsync(id, all => all.Count == 0);
        Assert.Equal(0, (await lab.Alice.PostAsync($"/v1/webhooks/{id}/replay", null).JsonAsync(HttpStatusCode.Accepted)).GetProperty("replayed").GetInt32());
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_dead_letter_whose_message_was_deleted_is_told_nobody()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (id, told) = await DieAsync(lab, "regretted");
        await lab.Alice.DeleteAsync($"/v1/messages/{told.Json.GetProperty("message").Text("id")}").EmptyAsync();
        lab.Receiver.Answers(StatusCodes.Status200OK);

        await lab.Alice.PostAsync($"/v1/webhooks/{id}/deliveries/{told.Cursor}/replay", null).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(1, (await lab.WebhookAsync(id, one => one.GetProperty("dead").GetInt32() == 0)).GetProperty("skipped").GetInt32());
        Assert.False(lab.Receiver.HasMore);
    }

    [Fact]
    public async Task Of_a_thousand_dead_letters_the_oldest_makes_room_for_one_more()
    {
        var folder = Directory.CreateTempSubdirectory("nes-dead-letters-");
        using (var database = GatewayDatabase.Open(folder.FullName))
        await using (var writer = new GatewayWriter(database))
        {
            var webhooks = new WebhookStore(database, writer, TimeProvider.System);
            var deliveries = new DeliveryStore(database, writer, TimeProvider.System, () => 0.5);
            var id = (await webhooks.CreateAsync(new Uri("https://receiver.example/"), EventTypes.Message, null, null, 0))!.Value.Webhook.Id;
            for (var cursor = 1; cursor <= DeliveryStore.MaxDead + 2; cursor++)
            {
                var last = new WebhookDelivery(cursor, EventTypes.Message, RetrySchedule.MaxAttempts - 1, "timed_out", default, DateTimeOffset.MaxValue, false);
                Assert.True(await deliveries.FailedAsync(id, cursor, EventTypes.Message, last, Attempt.Failed("timed_out")));
            }

            var dead = deliveries.List(id, isDead: true);

            Assert.Equal((DeliveryStore.MaxDead, 3L), (dead.Count, dead[0].Event));
            Assert.Equal(2, webhooks.Find(id)!.Discarded);
            Assert.Equal(DeliveryStore.MaxDead, await deliveries.ReplayAllAsync(id));
            Assert.Equal(3, deliveries.Look(id)!.Replayed!.Event);
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public void No_event_is_begun_with_while_a_hundred_are_pending()
    {
        var webhook = new Webhook("id", new Uri("https://receiver.example/"), EventTypes.Message, default);
        WebhookStanding Standing(int count, int attempts) => new(webhook, [.. Enumerable.Range(1, count).Select(cursor => new WebhookDelivery(cursor, EventTypes.Message, attempts, "", default, default(DateTimeOffset), false))], null);

        Assert.True(Standing(0, 0).MayGoOn);
        Assert.False(Standing(1, WebhookStanding.HeldAttempts).MayGoOn);
        Assert.True(Standing(1, WebhookStanding.HeldAttempts + 1).MayGoOn);
        Assert.True(Standing(2, 1).MayGoOn);
        Assert.True(Standing(WebhookStanding.MaxPending - 1, 1).MayGoOn);
        Assert.False(Standing(WebhookStanding.MaxPending, 10).MayGoOn);
    }

    /// <summary>Lets an event be tried until it is a dead letter.</summary>
    private static async Task<(string Webhook, Told Told)> DieAsync(WebhookLab lab, string text)
    {
        lab.Receiver.Answers(StatusCodes.Status500InternalServerError);
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync(text);
        for (var attempts = 1; attempts < RetrySchedule.MaxAttempts; attempts++) lab.GoTo(await lab.TriedAsync(id, attempts));
        await lab.TriedAsync(id, RetrySchedule.MaxAttempts);
        return (id, (await lab.Receiver.NextAsync(RetrySchedule.MaxAttempts))[0]);
    }
}
