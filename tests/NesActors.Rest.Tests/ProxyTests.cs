using System.Net;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts.FrontEnd;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

/// <summary>Behind a proxy: whose word about a client is taken, and what for.</summary>
public sealed class ProxyTests
{
    private static readonly IPNetwork Loopback = IPNetwork.Parse("127.0.0.0/8");

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(60));

    [RealPartFact(GatewayLab.Program)]
    public async Task Each_client_of_a_trusted_proxy_has_limits_of_its_own()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, Loopback);

        foreach (var client in new[] { "192.0.2.1", "192.0.2.2", "2001:db8:1::1", "2001:db8:2::1" }) Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, client));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync(gateway, "192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync(gateway, "2001:db8:1::2"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Wrong_tokens_are_counted_by_client_too()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, new GatewayLimits(), Loopback);

        for (var guess = 0; guess < 20; guess++) Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(gateway, "192.0.2.1", "/v1/status"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync(gateway, "192.0.2.1", "/v1/status"));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(gateway, "192.0.2.2", "/v1/status"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_client_cannot_make_up_an_address_in_front_of_its_own()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, Loopback);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, "198.51.100.1, 192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync(gateway, "198.51.100.2, 192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync(gateway, "198.51.100.3, 192.0.2.1, 127.0.0.9"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task What_somebody_else_forwards_means_nothing()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, IPNetwork.Parse("192.0.2.0/24"));

        using var answer = await SendAsync(gateway, "198.51.100.1", "/", "https");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync(gateway, "198.51.100.2"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Over_tls_that_the_proxy_ends_browsers_stay_with_https_and_the_page_is_its_own_origin()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, Loopback);

        using var answer = await SendAsync(gateway, "192.0.2.1", "/", "https", "https://chat.example.org");
        using var foreign = await SendAsync(gateway, "192.0.2.2", "/", "https", "http://chat.example.org");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task The_host_is_never_taken_from_a_proxy()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, Loopback);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        request.Headers.Add("X-Forwarded-Host", "chat.example.org");

        using var answer = await gateway.Anonymous().SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    private Task<LabGateway> ServeAsync(GatewayLab lab, params IPNetwork[] proxies) => ServeAsync(lab, new GatewayLimits { Rate = 1, Burst = 1 }, proxies);

    private Task<LabGateway> ServeAsync(GatewayLab lab, GatewayLimits limits, params IPNetwork[] proxies) => lab.ServeAsync(
        request => request with
        {
            Network = request.Network! with { Hosts = ["chat.example.org"], TrustedProxies = proxies },
            Limits = limits,
            Clock = _clock,
        },
        "alice");

    private static async Task<HttpStatusCode> GetAsync(LabGateway gateway, string forwardedFor, string path = "/")
    {
        using var answer = await SendAsync(gateway, forwardedFor, path);
        return answer.StatusCode;
    }

    private static Task<HttpResponseMessage> SendAsync(LabGateway gateway, string forwardedFor, string path, string? scheme = null, string? origin = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "chat.example.org";
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        if (scheme is not null) request.Headers.Add("X-Forwarded-Proto", scheme);
        if (origin is not null) request.Headers.Add("Origin", origin);
        return gateway.Anonymous().SendAsync(request);
    }
}
