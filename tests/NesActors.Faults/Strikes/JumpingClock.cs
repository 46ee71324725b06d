using NesActors.Faults.Trials;

namespace NesActors.Faults.Strikes;

/// <summary>Bob's clock jumps by up to an hour, ahead or back.</summary>
internal sealed class JumpingClock(FakeClock clock) : IStrike
{
    private static readonly TimeSpan Farthest = TimeSpan.FromHours(1);

    public string Name => "a jumping clock";

    public Task StrikeAsync(Exchange exchange, Random random, CancellationToken cancellation)
    {
        clock.Set(Farthest * ((random.NextDouble() * 2) - 1));
        return Task.CompletedTask;
    }
}
