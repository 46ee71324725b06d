using System.Net;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts.FrontEnd;
using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class LimitTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(60));

    [RealPartFact(GatewayLab.Program)]
    public async Task A_token_that_asks_too_often_is_told_when_to_come_back()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, new GatewayLimits { Rate = 2, Burst = 3 });
        var (busy, quiet) = (await gateway.AsAsync("alice", "read"), await gateway.AsAsync("alice", "read"));

        for (var request = 0; request < 3; request++) await busy.GetAsync("/v1/status").JsonAsync();
        using var refused = await busy.GetAsync("/v1/status");
        await busy.GetAsync("/v1/nothing").ProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        await quiet.GetAsync("/v1/status").JsonAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var request = 0; request < 2; request++) await busy.GetAsync("/v1/status").JsonAsync();
        await busy.GetAsync("/v1/status").ProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task The_socket_has_no_limit()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        using var socket = (await ServeAsync(lab, new GatewayLimits { Rate = 1, Burst = 1 })).BySocket("alice");

        for (var request = 0; request < 10; request++) await socket.GetAsync("/v1/status").JsonAsync();
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Limits_can_be_switched_off()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var client = await (await ServeAsync(lab, new GatewayLimits { Rate = 1, Burst = 1, AreEnforced = false })).AsAsync("alice", "read");

        for (var request = 0; request < 10; request++) await client.GetAsync("/v1/status").JsonAsync();
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Who_guesses_tokens_is_slowed_down_and_who_has_one_is_not()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, new GatewayLimits());
        var (guesser, owner) = (gateway.With("nes_wrong"), await gateway.AsAsync("alice", "read"));

        for (var guess = 0; guess < 20; guess++) await guesser.GetAsync("/v1/status").ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        using var refused = await guesser.GetAsync("/v1/status");
        await gateway.Anonymous().GetAsync("/v1/status").ProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(3)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        await owner.GetAsync("/v1/status").JsonAsync();
        _clock.Advance(TimeSpan.FromSeconds(3));
        await guesser.GetAsync("/v1/status").ProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await guesser.GetAsync("/v1/status").ProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
        Assert.DoesNotContain(gateway.Log, line => line.Level > LogSeverity.Debug);
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Who_asks_without_a_token_is_limited_by_address()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await ServeAsync(lab, new GatewayLimits { Rate = 1, Burst = 2 });

        using var first = await gateway.Anonymous().GetAsync("/");
        using var second = await gateway.Anonymous().GetAsync("/");

        Assert.All([first, second], page => Assert.Equal(HttpStatusCode.OK, page.StatusCode));
        await gateway.Anonymous().GetAsync("/").ProblemAsync(HttpStatusCode.TooManyRequests, "rate_limited");
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task Refuses_to_start_with_limits_that_let_nothing_through()
    {
        await using var lab = await GatewayLab.StartAsync("alice");

        foreach (var limits in new GatewayLimits[] { new() { Rate = 0 }, new() { Burst = 0 }, new() { Streams = -1 } })
            await Assert.ThrowsAsync<GatewayException>(() => ServeAsync(lab, limits));
    }

    private Task<LabGateway> ServeAsync(GatewayLab lab, GatewayLimits limits) => lab.ServeAsync(request => request with { Limits = limits, Clock = _clock }, "alice");
}
