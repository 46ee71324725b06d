using NesActors.Faults.Trials;
using NesActors.Testing;

namespace NesActors.Faults.Strikes;

/// <summary>A broker that writes down what it keeps is killed or asked to end, and started again: after a kill it is back where it was up to a second before.</summary>
internal sealed class RestartedBroker(MosquittoServer broker) : IStrike
{
    public string Name => "kill -9 or restart of a persistent broker";

    public Task StrikeAsync(Exchange exchange, Random random, CancellationToken cancellation) => random.Next(2) == 0 ? broker.CrashAsync() : broker.RestartAsync();
}
