using System.Net;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class MetricsTests
{
    private static readonly Uri AnyPort = new("http://127.0.0.1:0");

    [RealPartFact(GatewayLab.Program)]
    public async Task Prometheus_reads_what_was_done()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await ServeAsync(lab, "alice");
        var client = await gateway.AsAsync("alice", "send");
        await client.SendTextAsync("bob", "hello", "?wait=published").JsonAsync(HttpStatusCode.Accepted);
        await client.GetAsync("/v1/tokens").ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await lab["bob"].Messenger.SendAsync(lab["alice"].User, "hello back", default);
        await lab["alice"].EventAsync<MessageReceived>(_ => true);

        var text = await ScrapeUntilAsync(gateway, """nes_gateway_messages_total\{[^}]*direction="incoming"[^}]*identity="alice"[^}]*state="received"[^}]*\} 1""");

        Assert.Matches("""http_server_request_duration_seconds_count\{[^}]*http_request_method="POST",http_response_status_code="202",http_route="/v1/messages/"[^}]*\} 1""", text);
        Assert.Matches("""http_server_request_duration_seconds_count\{[^}]*http_response_status_code="403",http_route="/v1/tokens/"[^}]*\} 1""", text);
        Assert.Matches("""nes_gateway_messages_total\{[^}]*direction="outgoing"[^}]*state="published"[^}]*\} 1""", text);
        Assert.Matches("""nes_session_online\{[^}]*identity="alice"[^}]*\} 1""", text);
        Assert.Matches("""nes_session_queued\{[^}]*identity="alice"[^}]*\} 0""", text);
        Assert.Matches("""nes_gateway_streams\{[^}]*kind="sse"[^}]*\} 0""", text);
        Assert.Contains("dotnet_gc_", text, StringComparison.Ordinal);
        Assert.Contains("dotnet_process_memory_working_set_bytes", text, StringComparison.Ordinal);
        Assert.Matches("""target_info\{[^}]*service_name="nes"[^}]*\}""", text);
        Assert.Matches("""kestrel_active_connections\{[^}]*\} [1-9]""", text);
        Assert.DoesNotContain(lab["alice"].Place.Folder, text, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hello", text, StringComparison.Ordinal);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_lost_connection_shows()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, "alice");
        Assert.Matches("""nes_session_online\{[^}]*\} 1""", await ScrapeAsync(gateway));

        await lab.Broker.DisposeAsync();
        await lab["alice"].EventAsync<ConnectionChanged>(change => change.State == ConnectionState.Reconnecting);
        await lab["alice"].Messenger.SendAsync(Username.Parse("bob"), "later", default);

        await ScrapeUntilAsync(gateway, """nes_session_online\{[^}]*\} 0""", """nes_session_queued\{[^}]*\} 1""");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Events_that_a_receiver_has_not_taken_show()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync(request => request with { MayCallPrivateAddresses = true, Network = request.Network! with { Metrics = AnyPort } }, "alice");
        using var socket = gateway.BySocket("alice");
        await socket.PostAsync("/v1/webhooks", Answers.Json(new { url = $"http://127.0.0.1:{FreePort.Next()}/" })).JsonAsync(HttpStatusCode.Created);

        await lab["bob"].Messenger.SendAsync(lab["alice"].User, "hello", default);

        await ScrapeUntilAsync(gateway, """nes_webhooks_deliveries\{[^}]*identity="alice"[^}]*state="pending"[^}]*\} 1""", """nes_webhooks_deliveries\{[^}]*state="dead"[^}]*\} 0""");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Two_gateways_of_one_process_do_not_count_for_each_other()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var (first, second) = (await ServeAsync(lab, "alice"), await ServeAsync(lab, "bob"));

        await (await first.AsAsync("alice", "read")).GetAsync("/v1/status").JsonAsync();

        Assert.Contains("\"/v1/status\"", await ScrapeAsync(first), StringComparison.Ordinal);
        var others = await ScrapeAsync(second);
        Assert.DoesNotContain("\"/v1/status\"", others, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", others, StringComparison.Ordinal);
        Assert.Contains("identity=\"bob\"", others, StringComparison.Ordinal);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task What_clients_make_up_makes_no_new_series()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, "alice");
        var client = await gateway.AsAsync("alice", "read");

        foreach (var made in Enumerable.Range(0, 20)) (await client.AskAsync(new HttpMethod($"MADE{made}"), $"/v1/made-up-{made}", ("Host", "made-up.example"))).Dispose();
        foreach (var made in Enumerable.Range(0, 20)) (await client.AskAsync(new HttpMethod($"MADE{made}"), $"/v1/contacts/made-up-{made}")).Dispose();

        var text = await ScrapeAsync(gateway);
        Assert.DoesNotContain("made-up", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("MADE", text, StringComparison.Ordinal);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Metrics_are_on_a_listener_of_their_own()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, "alice");

        await (await gateway.AsAsync("alice", "read", "admin")).GetAsync("/metrics").ProblemAsync(HttpStatusCode.NotFound, "not_found");
        using var operatorClient = new HttpClient { BaseAddress = Metrics(gateway) };
        using var api = await operatorClient.GetAsync("/v1/status");
        Assert.Equal(HttpStatusCode.NotFound, api.StatusCode);
        await operatorClient.AskAsync(HttpMethod.Get, "/metrics", ("Host", "evil.example")).ProblemAsync(HttpStatusCode.MisdirectedRequest, "host_not_allowed");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Refuses_to_start_where_metrics_are_not_safe_or_cannot_be()
    {
        await using var lab = await GatewayLab.StartAsync("alice");

        foreach (var address in new[] { "https://127.0.0.1:0", "http://metrics.example.org:9464", "http://127.0.0.1:0/metrics", "http://0.0.0.0:0" })
            await Assert.ThrowsAsync<GatewayException>(() => ServeAsync(lab, new Uri(address), "alice"));
        var taken = await ServeAsync(lab, "alice");
        await taken.DisposeAsync();
        var gateway = await ServeAsync(lab, "alice");
        var refused = await Assert.ThrowsAsync<GatewayException>(() => lab.ServeAsync(request => request with { Network = new GatewayNetwork(AnyPort) { Metrics = new UriBuilder(Metrics(gateway)) { Path = "" }.Uri } }));
        Assert.Contains("cannot listen", refused.Message, StringComparison.Ordinal);
    }

    private static Task<LabGateway> ServeAsync(GatewayLab lab, params string[] users) => ServeAsync(lab, AnyPort, users);

    private static Task<LabGateway> ServeAsync(GatewayLab lab, Uri metrics, params string[] users) => lab.ServeAsync(request => request with { Network = request.Network! with { Metrics = metrics } }, users);

    private static Uri Metrics(LabGateway gateway) => new(gateway.Running.Notices.Single(notice => notice.Kind == "metrics").Value);

    private static async Task<string> ScrapeAsync(LabGateway gateway)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(Metrics(gateway));
    }

    /// <summary>The gateway follows the log a moment behind it.</summary>
    private static async Task<string> ScrapeUntilAsync(LabGateway gateway, params string[] patterns)
    {
        while (true)
        {
            var text = await ScrapeAsync(gateway);
            if (patterns.All(pattern => System.Text.RegularExpressions.Regex.IsMatch(text, pattern))) return text;
        }
    }
}
