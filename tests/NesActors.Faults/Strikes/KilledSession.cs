using NesActors.Faults.Trials;

namespace NesActors.Faults.Strikes;

/// <summary>One of the two programs is killed, and started again at once.</summary>
internal sealed class KilledSession : IStrike
{
    public string Name => "kill -9 of a session";

    public Task StrikeAsync(Exchange exchange, Random random, CancellationToken cancellation) =>
        (random.Next(2) == 0 ? exchange.Alice : exchange.Bob).KillAsync();
}
