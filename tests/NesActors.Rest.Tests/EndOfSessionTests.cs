using NesActors.Rest.Tests.Support;
using NesActors.Testing;

namespace NesActors.Rest.Tests;

public sealed class EndOfSessionTests
{
    [RealPartFact(GatewayLab.Program)]
    public async Task A_gateway_ends_when_one_of_its_sessions_has_ended()
    {
        await using var lab = await GatewayLab.StartAsync("alice", "bob");
        var gateway = await lab.ServeAsync("alice", "bob");
        Assert.False(gateway.Running.Completion.IsCompleted);

        await lab.LeaveAsync("bob");

        Assert.Contains("bob: the session has ended", (await Assert.ThrowsAsync<ObjectDisposedException>(() => gateway.Running.Completion)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.Anonymous().GetAsync("/v1/identities"));
    }

    [RealPartFact(GatewayLab.Program)]
    public async Task A_gateway_that_is_stopped_does_not_take_that_for_the_end_of_a_session()
    {
        await using var lab = await GatewayLab.StartAsync("alice");
        var gateway = await lab.ServeAsync("alice");

        await gateway.DisposeAsync();

        Assert.True(gateway.Running.Completion.IsCanceled);
    }
}
