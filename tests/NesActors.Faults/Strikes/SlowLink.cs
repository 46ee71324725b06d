using NesActors.Faults.Trials;
using NesActors.Testing;

namespace NesActors.Faults.Strikes;

/// <summary>Each packet of one person takes a while, for some time.</summary>
internal sealed class SlowLink(IReadOnlyList<MqttProxy> proxies) : IStrike
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    public string Name => "a slow link";

    public async Task StrikeAsync(Exchange exchange, Random random, CancellationToken cancellation)
    {
        var proxy = proxies[random.Next(proxies.Count)];
        proxy.Delay = TimeSpan.FromMilliseconds(random.Next(100, 800));
        await Task.Delay(Duration, cancellation);
        proxy.Delay = TimeSpan.Zero;
    }
}
