using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Storage;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class HealthTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(60));

    [RealPartFact(GatewayLab.Program)]
    public async Task Tells_strangers_up_or_down_and_no_more()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await ServeAsync(lab, "alice", "bob");
        var client = gateway.Anonymous();

        Assert.Equal("""{"status":"live"}""", (await client.GetAsync("/health/live").JsonAsync()).GetRawText());
        Assert.Equal("""{"status":"ready"}""", (await client.GetAsync("/health/ready").JsonAsync()).GetRawText());
        await lab.Broker.DisposeAsync();
        await lab["alice"].EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Reconnecting);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("""{"status":"unavailable"}""", (await client.GetAsync("/health/ready").JsonAsync(HttpStatusCode.ServiceUnavailable)).GetRawText());
        Assert.Equal("""{"status":"unavailable"}""", (await gateway.With("nes_wrong").GetAsync("/health/ready").JsonAsync(HttpStatusCode.ServiceUnavailable)).GetRawText());
        await client.GetAsync("/health/live").JsonAsync();
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Tells_an_identity_s_own_callers_what_is_amiss_with_it()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await ServeAsync(lab, "alice", "bob");
        using var socket = gateway.BySocket("alice");

        var good = One(await (await gateway.AsAsync("bob", "send")).GetAsync("/health/ready").JsonAsync());
        await lab.Broker.DisposeAsync();
        await lab["alice"].EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Reconnecting);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var bad = One(await socket.GetAsync("/health/ready").JsonAsync(HttpStatusCode.ServiceUnavailable));

        Assert.Equal(("bob", true, "online", "good"), Parts(good));
        Assert.Equal(("alice", false, "reconnecting", "good"), Parts(bad));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Tells_the_operator_of_all()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await ServeAsync(lab, "alice", "bob");
        using var client = Operator(gateway);

        var all = await client.GetAsync("/health/ready").JsonAsync();

        Assert.Equal(["alice", "bob"], all.GetProperty("identities").EnumerateArray().Select(one => one.Text("user")));
        await client.GetAsync("/health/live").JsonAsync();
        await client.AskAsync(HttpMethod.Get, "/health/ready", ("Host", "evil.example")).ProblemAsync(HttpStatusCode.MisdirectedRequest, "host_not_allowed");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_memory_that_cannot_be_written_is_not_ready()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, "alice");
        using var client = Operator(gateway);
        await client.GetAsync("/health/ready").JsonAsync();

        using (var other = new SqliteConnection($"Data Source={Path.Combine(lab["alice"].Place.Folder, GatewayDatabase.FileName)};Pooling=False"))
        {
            other.Open();
            using var writing = other.BeginTransaction(deferred: false);
            _clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(("alice", false, "online", "failed"), Parts(One(await client.GetAsync("/health/ready").JsonAsync(HttpStatusCode.ServiceUnavailable))));
        }

        // The write that hung ends by itself, and the next one goes well.
        HttpStatusCode status;
        do
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            using var answer = await client.GetAsync("/health/ready");
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Without_a_session_it_is_not_ready()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Identities = [request.Identities[0] with { Messenger = null }] }, "alice");
        using var socket = gateway.BySocket("alice");

        var parts = One(await socket.GetAsync("/health/ready").JsonAsync(HttpStatusCode.ServiceUnavailable));

        Assert.Equal((false, false), (parts.GetProperty("ready").GetBoolean(), parts.TryGetProperty("session", out _)));
    }

    private Task<LabGateway> ServeAsync(GatewayLab lab, params string[] users) =>
        lab.ServeAsync(request => request with { Clock = _clock, Network = request.Network! with { Metrics = new Uri("http://127.0.0.1:0") } }, users);

    private static HttpClient Operator(LabGateway gateway) => new() { BaseAddress = new Uri(gateway.Running.Notices.Single(notice => notice.Kind == "metrics").Value) };

    private static JsonElement One(JsonElement readiness) => Assert.Single(readiness.GetProperty("identities").EnumerateArray());

    private static (string?, bool, string?, string?) Parts(JsonElement parts) => (parts.Text("user"), parts.GetProperty("ready").GetBoolean(), parts.Text("session"), parts.Text("storage"));
}
