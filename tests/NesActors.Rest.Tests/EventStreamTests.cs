using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class EventStreamTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task What_arrives_and_how_what_was_sent_goes_on_is_told_as_it_happens()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        using var stream = await EventStream.OpenAsync(await gateway.AsAsync("alice", "read"));
        Assert.Equal("text/event-stream", stream.Answer.Content.Headers.ContentType?.ToString());
        Assert.True(stream.Answer.Headers.CacheControl?.NoStore);

        await lab["bob"].SendAsync("alice", "Good morning\r\n\r\nevent: state\ndata: \0 żółć 🙂 <b>");
        var arrived = (await stream.UntilAsync("Good morning\r\n\r\nevent: state\ndata: \0 żółć 🙂 <b>"))[^1];
        var message = arrived.GetProperty("message");
        Assert.Equal(("bob", "incoming", "received"), (message.Text("contact"), message.Text("direction"), message.Text("state")));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", arrived.Text("at"));
        Assert.False(arrived.TryGetProperty("contact", out _));

        var sent = (await (await gateway.AsAsync("alice", "send")).SendTextAsync("bob", "Hello").JsonAsync(HttpStatusCode.Accepted)).OneMessage().Text("id");
        var states = new List<string?>();
        while (!states.Contains("delivered"))
        {
            var happened = await stream.NextAsync();
            if (happened.Text("type") == "state" && happened.GetProperty("message").Text("id") == sent) states.Add(happened.GetProperty("message").Text("state"));
        }
        Assert.Equal(["queued", "published", "delivered"], states);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Contacts_and_the_connection_are_told_of_too()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        using var stream = await EventStream.OpenAsync(await gateway.AsAsync("alice", "read"), query: "?after=0");

        await lab["alice"].Messenger.ChangeContactAsync(Username.Parse("bob"), new ContactChange.Block(), default);

        var events = new List<JsonElement>();
        while (events.All(happened => happened.Text("type") != "contact")) events.Add(await stream.NextAsync());
        Assert.Equal("blocked", events[^1].GetProperty("contact").Text("standing"));
        Assert.Contains(events, happened => happened.Text("type") == "connection" && happened.GetProperty("connection").Text("state") == "online");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Whoever_comes_back_with_the_last_id_loses_nothing_and_sees_nothing_twice()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var client = await gateway.AsAsync("alice", "read");
        using var whole = await EventStream.OpenAsync(client);
        using var first = await EventStream.OpenAsync(client, whole.LastId);
        for (var i = 0; i < 10; i++) await lab["bob"].SendAsync("alice", $"text {i}");
        var all = await whole.UntilAsync("text 9");

        var parts = new List<JsonElement>();
        for (var (stream, count) = (first, 0); count < all.Count; count++)
        {
            parts.Add(await stream.NextAsync());
            stream.Dispose();
            // The header is newer than what stands in the address, which a browser repeats as it is.
            stream = await EventStream.OpenAsync(client, stream.LastId, "?after=0");
            if (count == all.Count - 1) stream.Dispose();
        }
        Assert.Equal(all.Select(happened => happened.GetRawText()), parts.Select(happened => happened.GetRawText()));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Whoever_was_cut_off_before_the_first_event_can_resume_too()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var client = await gateway.AsAsync("alice", "read");
        string id;
        using (var cut = await EventStream.OpenAsync(client)) id = cut.LastId;
        await lab["bob"].SendAsync("alice", "while nobody listened");
        await lab["alice"].EventAsync<MessageReceived>(received => received.Message.Text == "while nobody listened");

        using var again = await EventStream.OpenAsync(client, id);
        await again.UntilAsync("while nobody listened");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Everything_that_the_log_holds_comes_after_0_also_what_was_before_the_gateway()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        for (var i = 0; i < 300; i++) await lab["bob"].Messenger.SendAsync(Username.Parse("alice"), $"text {i} {new string('\0', 1000)}", default);
        await lab["alice"].EventAsync<MessageReceived>(received => received.Message.Text.StartsWith("text 299", StringComparison.Ordinal));
        await lab.LeaveAsync("alice");
        await lab.JoinAsync("alice");
        var gateway = await lab.ServeAsync("alice");

        using var stream = await EventStream.OpenAsync(await gateway.AsAsync("alice", "read"), query: "?after=0");
        await lab["bob"].SendAsync("alice", "the last");
        var events = await stream.UntilAsync("the last");

        Assert.Equal(Enumerable.Range(0, 300), events.Where(happened => happened.Text("type") == "message").SkipLast(1).Select(happened => int.Parse(happened.GetProperty("message").Text("text")!.Split(' ')[1])));
        Assert.Equal(events.Select(happened => happened.GetProperty("cursor").GetInt64()).Distinct().Order(), events.Select(happened => happened.GetProperty("cursor").GetInt64()));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_stream_goes_on_at_the_next_session_where_the_last_one_ended()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        using var before = await EventStream.OpenAsync(await gateway.AsAsync("alice", "read"));
        await lab["bob"].SendAsync("alice", "one");
        await before.UntilAsync("one");

        await lab.LeaveAsync("alice");
        await before.EndAsync();
        await lab["bob"].Messenger.SendAsync(Username.Parse("alice"), "two", default);
        await lab.JoinAsync("alice");
        var next = await lab.ServeAsync("alice");

        using var after = await EventStream.OpenAsync(await next.AsAsync("alice", "read"), before.LastId);
        Assert.DoesNotContain(await after.UntilAsync("two"), happened => happened.Text("type") == "message" && happened.GetProperty("message").Text("text") == "one");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_cursor_that_is_none_or_lies_ahead_of_the_log_is_refused()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        var client = await gateway.AsAsync("alice", "read");

        foreach (var wrong in new[] { "abc", "-1", "1.5", "+1", "0x1", "99999999999999999999", "1000000" })
        {
            await EventStream.AskAsync(client, wrong).ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
            await EventStream.AskAsync(client, null, $"?after={Uri.EscapeDataString(wrong)}").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        }
        await EventStream.AskAsync(client, null, "?since=1").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await EventStream.AskAsync(await gateway.AsAsync("alice", "send", "admin")).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await EventStream.AskAsync(gateway.Anonymous()).ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_stream_goes_on_behind_what_was_deleted()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var client = await gateway.AsAsync("alice", "read");
        string id;
        using (var stream = await EventStream.OpenAsync(client)) id = stream.LastId;
        await lab["bob"].SendAsync("alice", "deleted");
        var deleted = await lab["alice"].EventAsync<MessageReceived>(received => received.Message.Text == "deleted");
        await lab["alice"].Messenger.DeleteMessageAsync(deleted.Message.Id, default);
        await lab.LeaveAsync("alice");
        await lab.JoinAsync("alice");
        var next = await lab.ServeAsync("alice");

        using var again = await EventStream.OpenAsync(await next.AsAsync("alice", "read"), id);
        await lab["bob"].SendAsync("alice", "kept");
        Assert.Single(await again.UntilAsync("kept"), happened => happened.Text("type") == "message");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_line_on_which_nothing_happens_has_heart_beats()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var gateway = await lab.ServeAsync(request => request with { Clock = clock }, "alice");
        using var stream = await EventStream.OpenAsync(await gateway.AsAsync("alice", "read"));
        var id = stream.LastId;

        for (var beat = 1; beat <= 3; beat++)
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            Assert.Null(await stream.BlockAsync());
            Assert.Equal(beat, stream.HeartBeats);
        }
        Assert.Equal(id, stream.LastId);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_reader_that_takes_nothing_is_cut_off_and_can_resume()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var gateway = await lab.ServeAsync(request => request with { Clock = clock }, "alice");
        // What the system itself holds back of a socket's stream is some 200 KiB.
        using var socket = gateway.BySocket("alice");
        using var stalled = await EventStream.OpenAsync(socket);
        using var other = await EventStream.OpenAsync(socket, stalled.LastId);
        for (var i = 0; i < 8; i++) await lab["bob"].SendAsync("alice", $"text {i} {new string('\0', 60_000)}");
        await lab["bob"].SendAsync("alice", "the last");
        var all = await other.UntilAsync("the last");

        while (!gateway.Log.Any(line => line.Text.Contains("cut off", StringComparison.Ordinal)))
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            await other.BlockAsync();
        }

        var parts = new List<JsonElement>();
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true) parts.Add(await stalled.NextAsync());
        });
        Assert.True(parts.Count < all.Count);
        using var resumed = await EventStream.OpenAsync(socket, stalled.LastId);
        parts.AddRange(await resumed.UntilAsync("the last"));
        Assert.Equal(all.Select(happened => happened.GetRawText()), parts.Select(happened => happened.GetRawText()));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_stream_ends_when_its_token_is_revoked_and_others_go_on()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var client = await gateway.AsAsync("alice", "read");
        using var stream = await EventStream.OpenAsync(client);
        using var socket = gateway.BySocket("alice");
        var token = (await socket.GetAsync("/v1/tokens").JsonAsync()).GetProperty("tokens").EnumerateArray().Last().Text("id");
        using var other = await EventStream.OpenAsync(socket);

        await socket.DeleteAsync($"/v1/tokens/{token}").EmptyAsync();

        await stream.EndAsync();
        await EventStream.AskAsync(client, stream.LastId).ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await lab["bob"].SendAsync("alice", "still here");
        await other.UntilAsync("still here");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_stream_ends_when_its_token_expires()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var gateway = await lab.ServeAsync(request => request with { Clock = clock }, "alice");
        using var socket = gateway.BySocket("alice");
        var made = await socket.PostAsync("/v1/tokens", Answers.Json(new { name = "short", scopes = new[] { "read" }, expires_at = clock.GetUtcNow().AddMinutes(1) })).JsonAsync(HttpStatusCode.Created);
        using var stream = await EventStream.OpenAsync(gateway.With(made.Text("secret")!));

        clock.Advance(TimeSpan.FromMinutes(1));

        await stream.EndAsync();
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Streams_end_with_the_gateway()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        using var stream = await EventStream.OpenAsync(await gateway.AsAsync("alice", "read"));

        await gateway.StopAsync();

        await stream.EndAsync();
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_token_has_only_so_many_streams()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Limits = request.Limits with { Streams = 2 } }, "alice");
        var client = await gateway.AsAsync("alice", "read");
        using var first = await EventStream.OpenAsync(client);
        using var second = await EventStream.OpenAsync(client);

        await EventStream.AskAsync(client).ProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        using var another = await EventStream.OpenAsync(await gateway.AsAsync("alice", "read"));
    }
}
