using System.Net;
using NesActors.Contracts.FrontEnd;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class HostTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task Answers_to_its_own_names_alone()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Network = request.Network! with { Hosts = ["Chat.example.org", "b\u00fccher.example", "2001:db8::1"] } }, "alice");
        var port = gateway.Address.Port;
        var client = await gateway.AsAsync("alice", "read");

        foreach (var own in new[] { $"127.0.0.1:{port}", "127.0.0.1", $"localhost:{port}", $"LocalHost:{port}", $"[::1]:{port}", "chat.example.org", "CHAT.example.org:443", "xn--bcher-kva.example", "[2001:db8::1]" })
            await client.AskAsync(HttpMethod.Get, "/v1/status", ("Host", own)).JsonAsync();
        foreach (var other in new[] { "evil.example", $"evil.example:{port}", "127.0.0.1.evil.example", "chat.example.org.evil.example", "localhost.", "192.0.2.1", "[::2]", "0.0.0.0", "sub.chat.example.org" })
        {
            await client.AskAsync(HttpMethod.Get, "/v1/status", ("Host", other)).ProblemAsync(HttpStatusCode.MisdirectedRequest, "host_not_allowed");
            await client.AskAsync(HttpMethod.Get, "/", ("Host", other)).ProblemAsync(HttpStatusCode.MisdirectedRequest, "host_not_allowed");
        }
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Listening_everywhere_is_no_leave_for_every_name()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync(request => request with { Network = new GatewayNetwork(new Uri("http://0.0.0.0:0")) { MayBePlain = true } }, "alice");
        using var client = new HttpClient { BaseAddress = new UriBuilder(gateway.Address) { Host = "127.0.0.1" }.Uri };

        await client.AskAsync(HttpMethod.Get, "/v1/status", ("Host", "127.0.0.1")).ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await client.AskAsync(HttpMethod.Get, "/v1/status", ("Host", "evil.example")).ProblemAsync(HttpStatusCode.MisdirectedRequest, "host_not_allowed");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_socket_has_no_name()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        using var socket = (await lab.ServeAsync("alice")).BySocket("alice");

        await socket.AskAsync(HttpMethod.Get, "/v1/status", ("Host", "whatever")).JsonAsync();
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Refuses_to_start_with_names_that_are_none()
    {
        await using var lab = await GatewayLab.StartAsync("alice");

        foreach (var name in new[] { "", "chat.example.org:8443", "https://chat.example.org", "a b", "*.example.org", "*" })
        {
            var refused = await Assert.ThrowsAsync<GatewayException>(() => lab.ServeAsync(request => request with { Network = request.Network! with { Hosts = [name] } }, "alice"));
            Assert.Contains("a host is", refused.Message, StringComparison.Ordinal);
        }
        foreach (var origin in new[] { "", "*", "null", "chat.example.org", "https://chat.example.org/page", "https://*.example.org", "ftp://chat.example.org", "https://user@chat.example.org" })
        {
            var refused = await Assert.ThrowsAsync<GatewayException>(() => lab.ServeAsync(request => request with { Network = request.Network! with { Origins = [origin] } }, "alice"));
            Assert.Contains("an origin is", refused.Message, StringComparison.Ordinal);
        }
        // What was opened for nothing is closed again.
        await lab.ServeAsync("alice");
    }
}
