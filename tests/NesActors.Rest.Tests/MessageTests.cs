using System.Net;
using NesActors.Contracts;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

/// <summary>A message by its id.</summary>
public sealed class MessageTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task Shows_all_that_is_known_of_a_message()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice", "bob");
        var (alice, bob) = (await gateway.AsAsync("alice", "send", "read"), await gateway.AsAsync("bob", "read"));
        var id = (await alice.SendTextAsync("bob", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted)).OneMessage().Text("id");
        var received = (await lab["bob"].EventAsync<MessageReceived>(_ => true)).Message;

        var outgoing = await alice.GetAsync($"/v1/messages/{id}").JsonAsync();
        var incoming = await bob.GetAsync($"/v1/messages/{received.Id}").JsonAsync();

        Assert.Equal((id, "bob", "outgoing", "hello", "published"), (outgoing.Text("id"), outgoing.Text("contact"), outgoing.Text("direction"), outgoing.Text("text"), outgoing.Text("state")));
        Assert.Equal(("alice", "incoming", "hello", "received"), (incoming.Text("contact"), incoming.Text("direction"), incoming.Text("text"), incoming.Text("state")));
        Assert.Equal((received.SentAt, received.RecordedAt), (incoming.GetProperty("sent_at").GetDateTimeOffset(), incoming.GetProperty("recorded_at").GetDateTimeOffset()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", incoming.Text("sent_at"));
        Assert.Equal((false, false, false), (incoming.GetProperty("under_changed_key").GetBoolean(), incoming.GetProperty("out_of_time").GetBoolean(), incoming.GetProperty("request").GetBoolean()));
        Assert.All(["failure", "detail", "cursor"], name => Assert.False(incoming.TryGetProperty(name, out _)));
        await (await gateway.AsAsync("bob", "send")).GetAsync($"/v1/messages/{received.Id}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Finds_nothing_where_there_is_nothing()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        using var socket = (await lab.ServeAsync("alice")).BySocket("alice");

        await socket.GetAsync($"/v1/messages/{Guid.NewGuid()}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await socket.DeleteAsync($"/v1/messages/{Guid.NewGuid()}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await socket.GetAsync($"/v1/messages/{Guid.NewGuid()}?wait=published").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        foreach (var id in new[] { "one", "00000000", "{3fa85f64-5717-4562-b3fc-2c963f66afa6}", "3fa85f6457174562b3fc2c963f66afa6" })
        {
            await socket.GetAsync($"/v1/messages/{id}").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
            await socket.DeleteAsync($"/v1/messages/{id}").ProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_value");
        }
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Deletes_what_has_left_and_nothing_that_waits()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        using var socket = (await lab.ServeAsync("alice")).BySocket("alice");
        var sent = (await socket.SendTextAsync("bob", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted)).OneMessage().Text("id");
        await lab.Broker.DisposeAsync();
        await lab["alice"].EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Reconnecting);
        var waiting = (await socket.SendTextAsync("bob", "hello").JsonAsync(HttpStatusCode.Accepted)).OneMessage().Text("id");

        await socket.DeleteAsync($"/v1/messages/{sent}").EmptyAsync();

        await socket.GetAsync($"/v1/messages/{sent}").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        await socket.DeleteAsync($"/v1/messages/{waiting}").ProblemAsync(HttpStatusCode.Conflict, "conflict");
        Assert.Equal("queued", (await socket.GetAsync($"/v1/messages/{waiting}").JsonAsync()).Text("state"));
    }
}
