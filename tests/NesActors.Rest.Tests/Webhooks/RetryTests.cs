using System.Net;
using Microsoft.AspNetCore.Http;
using NesActors.FrontEnd.Rest.Webhooks;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests.Webhooks;

/// <summary>What becomes of an event that a receiver has not taken.</summary>
public sealed class RetryTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task What_is_not_answered_with_2xx_is_told_again()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (id, _) = await lab.AddAsync();
        int[] statuses = [StatusCodes.Status500InternalServerError, StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests, StatusCodes.Status304NotModified];
        var next = 0;
        lab.Receiver.Answer = (_, context) => WebhookReceiver.WithAsync(context, next < statuses.Length ? statuses[next++] : StatusCodes.Status200OK);
        await lab.SayAsync("hello");

        for (var attempts = 1; attempts <= statuses.Length; attempts++)
        {
            var delivery = await lab.TriedAsync(id, attempts);
            Assert.Equal(($"status_{statuses[attempts - 1]}", "pending", "message"), (delivery.Text("failure"), delivery.Text("state"), delivery.Text("type")));
            lab.GoTo(delivery);
        }

        var told = await lab.Receiver.NextAsync(statuses.Length + 1);
        await lab.DeliveriesAsync(id, all => all.Count == 0);
        Assert.All(told, one => Assert.Equal((told[0].Id, "hello"), (one.Id, one.Text)));
        Assert.Equal(told.Count, told.Select(one => one.Headers["webhook-timestamp"]).Distinct().Count());
        Assert.False((await lab.WebhookAsync(id, _ => true)).TryGetProperty("failing_since", out _));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_receiver_that_asks_to_be_left_alone_is_left_alone_so_long_and_for_two_hours_at_most()
    {
        await using var lab = await WebhookLab.StartAsync();
        // A date has no parts of a second.
        lab.Clock.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds(lab.Clock.GetUtcNow().ToUnixTimeSeconds() + 1));

        Assert.Equal(
            [1800, 1800, 7200, 7200],
            await WaitsAsync(lab, _ => "1800", now => now.AddMinutes(30).ToString("R"), _ => "86400", now => now.AddDays(1).ToString("R")));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task What_asks_for_less_than_the_usual_wait_or_for_nothing_changes_nothing()
    {
        await using var lab = await WebhookLab.StartAsync();

        var waits = await WaitsAsync(lab, _ => "1", _ => "-5", _ => "soon", _ => "99999999999999999999", _ => "Thu, 01 Jan 1970 00:00:00 GMT");

        for (var failures = 1; failures <= waits.Count; failures++)
            Assert.InRange(waits[failures - 1], RetrySchedule.WaitAfter(failures, 0).TotalSeconds, RetrySchedule.WaitAfter(failures, 1).TotalSeconds);
    }

    /// <summary>How many seconds are waited after each of these answers.</summary>
    private static async Task<IReadOnlyList<double>> WaitsAsync(WebhookLab lab, params Func<DateTimeOffset, string>[] retryAfters)
    {
        var waits = new List<double>();
        var (id, _) = await lab.AddAsync();
        lab.Receiver.Answer = (_, context) =>
        {
            context.Response.Headers.RetryAfter = retryAfters[Math.Min(waits.Count, retryAfters.Length - 1)](lab.Clock.GetUtcNow());
            return WebhookReceiver.WithAsync(context, StatusCodes.Status503ServiceUnavailable);
        };
        await lab.SayAsync("hello");
        while (waits.Count < retryAfters.Length)
        {
            var delivery = await lab.TriedAsync(id, waits.Count + 1);
            waits.Add((delivery.GetProperty("next_at").GetDateTimeOffset() - delivery.GetProperty("failed_at").GetDateTimeOffset()).TotalSeconds);
            lab.Clock.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds(delivery.GetProperty("next_at").GetDateTimeOffset().ToUnixTimeSeconds() + 1));
        }
        return waits;
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_redirect_is_a_failure_and_not_followed()
    {
        await using var lab = await WebhookLab.StartAsync();
        await using var elsewhere = await WebhookReceiver.StartAsync();
        lab.Receiver.Answer = (_, context) =>
        {
            context.Response.Redirect(elsewhere.Address.AbsoluteUri, permanent: true, preserveMethod: true);
            return Task.CompletedTask;
        };
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync("hello");

        var delivery = await lab.TriedAsync(id, 1);

        Assert.Equal("status_308", delivery.Text("failure"));
        Assert.Contains("not followed", delivery.Text("detail"));
        Assert.False(elsewhere.HasMore);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_receiver_that_cuts_the_connection_has_taken_nothing()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Receiver.Answer = (_, context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync("hello");

        Assert.Equal("bad_answer", (await lab.TriedAsync(id, 1)).Text("failure"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_receiver_that_stalls_is_given_up_after_ten_seconds()
    {
        await using var lab = await WebhookLab.StartAsync();
        var gone = new TaskCompletionSource();
        lab.Receiver.Answer = async (_, context) =>
        {
            await WebhookReceiver.StallAsync(context);
            gone.SetResult();
        };
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync("hello");
        await lab.Receiver.NextAsync();

        lab.Clock.Advance(TimeSpan.FromSeconds(10));

        await gone.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("timed_out", (await lab.TriedAsync(id, 1)).Text("failure"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Nobody_who_listens_is_a_failure_too()
    {
        await using var lab = await WebhookLab.StartAsync();
        var (id, _) = await lab.AddAsync();
        await lab.Receiver.DisposeAsync();
        await lab.SayAsync("hello");

        Assert.Equal("not_reached", (await lab.TriedAsync(id, 1)).Text("failure"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_receiver_without_TLS_is_not_told_in_the_clear()
    {
        await using var lab = await WebhookLab.StartAsync();
        var url = new UriBuilder(lab.Receiver.Address) { Scheme = "https" }.Uri;
        var made = await lab.Alice.PostAsync("/v1/webhooks", Answers.Json(new { url })).JsonAsync(HttpStatusCode.Created);
        await lab.SayAsync("hello");

        Assert.Equal("tls_failed", (await lab.TriedAsync(made.GetProperty("webhook").Text("id")!, 1)).Text("failure"));
        Assert.False(lab.Receiver.HasMore);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task After_23_attempts_in_about_a_day_an_event_is_a_dead_letter()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Receiver.Answers(StatusCodes.Status500InternalServerError);
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync("hello");

        var began = lab.Clock.GetUtcNow();
        for (var attempts = 1; attempts < RetrySchedule.MaxAttempts; attempts++)
        {
            var delivery = await lab.TriedAsync(id, attempts);
            var wait = delivery.GetProperty("next_at").GetDateTimeOffset() - delivery.GetProperty("failed_at").GetDateTimeOffset();
            var usual = RetrySchedule.WaitAfter(attempts, 0.5);
            Assert.InRange(wait, usual * 0.79, usual * 1.21);
            lab.GoTo(delivery);
        }
        var dead = await lab.TriedAsync(id, RetrySchedule.MaxAttempts);

        Assert.Equal("dead", dead.Text("state"));
        Assert.False(dead.TryGetProperty("next_at", out _));
        Assert.InRange(lab.Clock.GetUtcNow() - began, TimeSpan.FromHours(19), TimeSpan.FromHours(31));
        Assert.Equal(RetrySchedule.MaxAttempts, (await lab.Receiver.NextAsync(RetrySchedule.MaxAttempts)).Select(told => told.Headers["webhook-timestamp"]).Distinct().Count());
        Assert.Single((await lab.Alice.GetAsync($"/v1/webhooks/{id}/deliveries?state=dead").JsonAsync()).GetProperty("deliveries").EnumerateArray());
        Assert.Empty((await lab.Alice.GetAsync($"/v1/webhooks/{id}/deliveries?state=pending").JsonAsync()).GetProperty("deliveries").EnumerateArray());
    }

    [Fact]
    public void The_waits_double_from_5_seconds_to_2_hours_and_add_up_to_25_hours()
    {
        var waits = Enumerable.Range(1, RetrySchedule.MaxAttempts - 1).Select(failures => RetrySchedule.WaitAfter(failures, 0.5).TotalSeconds).ToList();

        Assert.Equal([5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 7200, 7200], waits.Take(13));
        Assert.Equal(89_435, waits.Sum());
        Assert.Equal((4, 6), (RetrySchedule.WaitAfter(1, 0).TotalSeconds, RetrySchedule.WaitAfter(1, 1).TotalSeconds));
        Assert.Equal(TimeSpan.FromHours(2), RetrySchedule.WaitAfter(int.MaxValue, 0.5));
        Assert.Equal([4, 60, 7200], new[] { 3, 60, 100_000 }.Select(asked => RetrySchedule.WaitAfter(1, 0, TimeSpan.FromSeconds(asked)).TotalSeconds));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task What_comes_behind_waits_while_a_receiver_starts_anew()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Receiver.Answers(StatusCodes.Status503ServiceUnavailable);
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync("one");
        await lab.TriedAsync(id, 1);
        await lab.SayAsync("two");
        await lab.SayAsync("three");
        for (var attempts = 1; attempts < WebhookStanding.HeldAttempts; attempts++) lab.GoTo(await lab.TriedAsync(id, attempts));
        var last = await lab.TriedAsync(id, WebhookStanding.HeldAttempts);
        lab.Receiver.Answers(StatusCodes.Status200OK);
        lab.GoTo(last);

        var told = await lab.Receiver.NextAsync(WebhookStanding.HeldAttempts + 3);

        Assert.Equal(["one", "one", "one", "one", "one", "one", "two", "three"], told.Select(one => one.Text));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task One_event_that_a_receiver_cannot_take_keeps_the_others_waiting_for_minutes_only()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Receiver.Answer = (told, context) => WebhookReceiver.WithAsync(context, told.Text == "poison" ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK);
        var (id, _) = await lab.AddAsync();
        await lab.SayAsync("poison");
        await lab.TriedAsync(id, 1);
        await lab.SayAsync("cure");
        var began = lab.Clock.GetUtcNow();
        for (var attempts = 1; attempts <= WebhookStanding.HeldAttempts; attempts++) lab.GoTo(await lab.TriedAsync(id, attempts));

        var told = await lab.Receiver.NextAsync(WebhookStanding.HeldAttempts + 2);

        Assert.Equal("cure", told[^1].Text);
        Assert.All(told.SkipLast(1), one => Assert.Equal("poison", one.Text));
        Assert.InRange(lab.Clock.GetUtcNow() - began, TimeSpan.FromSeconds(155 * 0.79), TimeSpan.FromSeconds(155 * 1.21));
        Assert.Equal("pending", (await lab.TriedAsync(id, WebhookStanding.HeldAttempts + 1)).Text("state"));
        await lab.SayAsync("food");
        Assert.Equal("food", (await lab.Receiver.NextAsync()).Text);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task What_was_deleted_meanwhile_is_told_nobody()
    {
        await using var lab = await WebhookLab.StartAsync();
        lab.Receiver.Answers(StatusCodes.Status500InternalServerError);
        var (id, _) = await lab.AddAsync();
        var message = (await lab.SayAsync("regretted")).Message.Id;
        var delivery = await lab.TriedAsync(id, 1);
        var waiting = (await lab.SayAsync("regretted too")).Message.Id;
        await lab.Alice.DeleteAsync($"/v1/messages/{message}").EmptyAsync();
        await lab.Alice.DeleteAsync($"/v1/messages/{waiting}").EmptyAsync();
        lab.Receiver.Answers(StatusCodes.Status200OK);
        lab.GoTo(delivery);
        await lab.SayAsync("meant");

        var told = await lab.Receiver.NextAsync(2);

        Assert.Equal(["regretted", "meant"], told.Select(one => one.Text));
        Assert.Empty(await lab.DeliveriesAsync(id, all => all.Count == 0));
        Assert.Equal(1, (await lab.WebhookAsync(id, _ => true)).GetProperty("skipped").GetInt32());
    }
}
