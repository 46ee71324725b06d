using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class InboxTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task Messages_come_in_pages_as_often_as_they_are_asked_for()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "read");
        for (var i = 0; i < 5; i++) await lab["bob"].SendAsync("alice", $"text {i}");
        await lab["alice"].SendAsync("bob", "not for the inbox");
        await lab["alice"].EventAsync<MessageReceived>(received => received.Message.Text == "text 4");

        var first = await client.GetAsync("/v1/inbox?limit=3").JsonAsync();
        var second = await client.GetAsync($"/v1/inbox?limit=3&after={Next(first)}").JsonAsync();
        var third = await client.GetAsync($"/v1/inbox?limit=3&after={Next(second)}").JsonAsync();

        Assert.Equal(["text 0", "text 1", "text 2"], Texts(first));
        Assert.Equal(["text 3", "text 4"], Texts(second));
        Assert.Empty(Texts(third));
        Assert.Equal(Next(second), Next(third));
        var message = first.GetProperty("messages")[0];
        Assert.Equal(("bob", "incoming", "received"), (message.Text("contact"), message.Text("direction"), message.Text("state")));
        Assert.True(message.GetProperty("cursor").GetInt64() < Next(first));
        Assert.Equal(["text 0", "text 1", "text 2", "text 3", "text 4"], Texts(await client.GetAsync("/v1/inbox").JsonAsync()));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Whoever_waits_is_answered_when_a_message_comes_and_by_nothing_else()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice");
        var client = await gateway.AsAsync("alice", "read");
        var next = Next(await client.GetAsync("/v1/inbox").JsonAsync());

        var asked = client.GetAsync($"/v1/inbox?after={next}&wait=60");
        await lab["alice"].SendAsync("bob", "this is no arrival");
        await lab["alice"].Messenger.ChangeContactAsync(Username.Parse("bob"), new ContactChange.Rename("Bob"), default);
        await lab["bob"].SendAsync("alice", "this is");

        var answer = await asked.JsonAsync();
        Assert.Equal(["this is"], Texts(answer));
        Assert.True(Next(answer) > next);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Whoever_waits_in_vain_is_told_so_when_the_time_is_over()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var gateway = await lab.ServeAsync(request => request with { Clock = clock }, "alice");
        var client = await gateway.AsAsync("alice", "read");
        var next = Next(await client.GetAsync("/v1/inbox").JsonAsync());
        await lab["alice"].SendAsync("bob", "the log goes on");

        var asked = client.GetAsync($"/v1/inbox?after={next}&wait=20");
        using var other = await EventStream.OpenAsync(client);
        await gateway.OpenAsync("long_poll", 1);
        while (!asked.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(15));
            await other.BlockAsync();
        }

        var answer = await asked.JsonAsync();
        Assert.Empty(Texts(answer));
        Assert.True(Next(answer) > next);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Long_messages_come_in_several_answers()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "read");
        for (var i = 0; i < 20; i++) await lab["bob"].SendAsync("alice", $"{i} {new string('x', 60_000)}");
        await lab["alice"].EventAsync<MessageReceived>(received => received.Message.Text.StartsWith("19 ", StringComparison.Ordinal));

        var first = await client.GetAsync("/v1/inbox?limit=500").JsonAsync();
        var second = await client.GetAsync($"/v1/inbox?limit=500&after={Next(first)}").JsonAsync();

        Assert.InRange(Texts(first).Count, 10, 19);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), Texts(first).Concat(Texts(second)).Select(text => text!.Split(' ')[0]));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Whoever_waits_when_the_token_ends_is_refused_and_when_the_gateway_ends_is_answered()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        using var socket = gateway.BySocket("alice");
        var refused = (await gateway.AsAsync("alice", "read")).GetAsync("/v1/inbox?wait=60");
        var token = (await socket.GetAsync("/v1/tokens").JsonAsync()).GetProperty("tokens").EnumerateArray().Last().Text("id");
        var answered = (await gateway.AsAsync("alice", "read")).GetAsync("/v1/inbox?wait=60");

        await gateway.OpenAsync("long_poll", 2);
        await socket.DeleteAsync($"/v1/tokens/{token}").EmptyAsync();
        await refused.ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await gateway.StopAsync();

        Assert.Empty(Texts(await answered.JsonAsync()));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task What_makes_no_sense_is_refused()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        var client = await gateway.AsAsync("alice", "read");
        foreach (var query in new[] { "limit=0", "limit=501", "wait=61", "wait=-1", "after=x", "after=1000000", "since=1" })
            await client.GetAsync($"/v1/inbox?{query}").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        await (await gateway.AsAsync("alice", "send", "admin")).GetAsync("/v1/inbox").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private static long Next(JsonElement answer) => answer.GetProperty("next").GetInt64();

    private static IReadOnlyList<string?> Texts(JsonElement answer) => [.. answer.GetProperty("messages").EnumerateArray().Select(message => message.Text("text"))];
}
