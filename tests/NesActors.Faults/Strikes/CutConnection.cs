using NesActors.Faults.Trials;
using NesActors.Testing;

namespace NesActors.Faults.Strikes;

/// <summary>A connection is cut at a packet of a message, one kind after the other, before or after it was passed on.</summary>
internal sealed class CutConnection(IReadOnlyList<MqttProxy> proxies) : IStrike
{
    private int _count;

    public string Name => "a connection cut in each phase of a message";

    public async Task StrikeAsync(Exchange exchange, Random random, CancellationToken cancellation)
    {
        var step = MqttStep.All[_count % MqttStep.All.Count];
        var passOn = _count++ / MqttStep.All.Count % 2 == 0;
        var cut = proxies[random.Next(proxies.Count)].CutAtAsync(step, passOn);
        // Such a packet comes only where something is on its way.
        foreach (var direction in exchange.Directions) direction.Release(2);
        await Task.WhenAny(cut, Task.Delay(TimeSpan.FromSeconds(10), cancellation));
    }
}
