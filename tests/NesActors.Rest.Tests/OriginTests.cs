using System.Net;
using System.Net.WebSockets;
using NesActors.Contracts.FrontEnd;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class OriginTests
{
    private const string Friend = "https://friend.example";

    [RealPartFact(GatewayLab.Program)]
    public async Task Pages_of_another_site_can_do_nothing()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        var client = await gateway.AsAsync("alice", "read", "admin");

        foreach (var other in new[] { "https://evil.example", "null", "", $"http://127.0.0.1:{gateway.Address.Port + 1}", $"https://127.0.0.1:{gateway.Address.Port}", $"http://127.0.0.1:{gateway.Address.Port}.evil.example" })
        {
            await client.AskAsync(HttpMethod.Get, "/v1/status", ("Origin", other)).ProblemAsync(HttpStatusCode.Forbidden, "origin_not_allowed");
            await client.AskAsync(HttpMethod.Post, "/v1/tokens", ("Origin", other)).ProblemAsync(HttpStatusCode.Forbidden, "origin_not_allowed");
            await client.AskAsync(HttpMethod.Options, "/v1/status", ("Origin", other), ("Access-Control-Request-Method", "GET")).ProblemAsync(HttpStatusCode.Forbidden, "origin_not_allowed");
        }
        await client.AskAsync(HttpMethod.Get, "/v1/status", ("Origin", gateway.Address.GetLeftPart(UriPartial.Authority))).JsonAsync();
        await client.AskAsync(HttpMethod.Get, "/v1/status", ("Host", "localhost:1234"), ("Origin", "http://localhost:1234")).JsonAsync();
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_request_that_the_browser_calls_foreign_changes_nothing()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var client = await (await lab.ServeAsync("alice")).AsAsync("alice", "admin");

        foreach (var site in new[] { "cross-site", "same-site", "elsewhere" })
            await client.AskAsync(HttpMethod.Delete, "/v1/tokens/0", ("Sec-Fetch-Site", site)).ProblemAsync(HttpStatusCode.Forbidden, "origin_not_allowed");
        foreach (var site in new[] { "same-origin", "none" })
            await client.AskAsync(HttpMethod.Delete, "/v1/tokens/0", ("Sec-Fetch-Site", site)).ProblemAsync(HttpStatusCode.NotFound, "not_found");
        // A link on another site may lead here: that is how people come.
        using var page = await client.AskAsync(HttpMethod.Get, "/", ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_web_socket_of_another_site_is_refused()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");
        using var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        socket.Options.SetRequestHeader("Authorization", $"Bearer {await gateway.TokenAsync("alice", "read", "send")}");

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(gateway.Address) { Scheme = "ws", Path = "/v1/ws" }.Uri, default));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task An_origin_that_was_named_gets_what_its_browser_asks_for()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Network = request.Network! with { Origins = [Friend + "/"] } }, "alice");
        var client = await gateway.AsAsync("alice", "read");

        using var preflight = await gateway.Anonymous().AskAsync(HttpMethod.Options, "/v1/messages",
            ("Origin", Friend), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization,content-type,idempotency-key"));
        using var answer = await client.AskAsync(HttpMethod.Get, "/v1/status", ("Origin", Friend), ("Sec-Fetch-Site", "cross-site"));
        using var refused = await client.AskAsync(HttpMethod.Get, "/v1/tokens", ("Origin", Friend));
        using var own = await client.AskAsync(HttpMethod.Get, "/v1/status");

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(Friend, Header(preflight, "Access-Control-Allow-Origin"));
        Assert.Contains("Idempotency-Key", Header(preflight, "Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("POST", Header(preflight, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, Friend), (answer.StatusCode, Header(answer, "Access-Control-Allow-Origin")));
        Assert.Contains("Retry-After", Header(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        // An error can be read by the page too.
        Assert.Equal((HttpStatusCode.Forbidden, Friend), (refused.StatusCode, Header(refused, "Access-Control-Allow-Origin")));
        Assert.All([preflight, answer, refused, own], one => Assert.False(one.Headers.Contains("Access-Control-Allow-Credentials")));
        Assert.False(own.Headers.Contains("Access-Control-Allow-Origin"));
        await client.AskAsync(HttpMethod.Get, "/v1/status", ("Origin", Friend + ".evil.example")).ProblemAsync(HttpStatusCode.Forbidden, "origin_not_allowed");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Behind_a_proxy_its_own_page_has_the_name_that_was_given()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Network = request.Network! with { Hosts = ["chat.example.org", "b\u00fccher.example"] } }, "alice");
        var client = await gateway.AsAsync("alice", "read");

        await client.AskAsync(HttpMethod.Get, "/v1/status", ("Host", "chat.example.org"), ("Origin", "https://chat.example.org")).JsonAsync();
        await client.AskAsync(HttpMethod.Get, "/v1/status", ("Host", "xn--bcher-kva.example"), ("Origin", "https://xn--bcher-kva.example")).JsonAsync();
        await client.AskAsync(HttpMethod.Get, "/v1/status", ("Origin", "https://chat.example.org")).ProblemAsync(HttpStatusCode.Forbidden, "origin_not_allowed");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_socket_that_was_opened_to_browsers_serves_none()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        using var socket = (await lab.ServeAsync(request => request with { Network = new GatewayNetwork(new Uri("http://127.0.0.1:0")) { Origins = [Friend] } }, "alice")).BySocket("alice");

        foreach (var origin in new[] { "http://localhost", Friend, "null" })
            await socket.AskAsync(HttpMethod.Get, "/v1/status", ("Origin", origin)).ProblemAsync(HttpStatusCode.Forbidden, "origin_not_allowed");
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(",", answer.Headers.GetValues(name));
}
