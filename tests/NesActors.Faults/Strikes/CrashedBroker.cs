using NesActors.Faults.Trials;
using NesActors.Testing;

namespace NesActors.Faults.Strikes;

/// <summary>The broker is killed, and started again at once: what it had in memory is gone.</summary>
internal sealed class CrashedBroker(MosquittoServer broker) : IStrike
{
    public string Name => "kill -9 of the broker";

    public Task StrikeAsync(Exchange exchange, Random random, CancellationToken cancellation) => broker.CrashAsync();
}
