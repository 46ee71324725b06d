using System.Security.Cryptography;
using NesActors.Broker;
using NesActors.Contracts.Transport;

namespace NesActors.Cli.Bench;

/// <summary>Over what transports are measured: the addresses that were given; a network in memory, and a broker of its own for MQTT, where none was.</summary>
internal sealed class BenchAddresses(IReadOnlyList<TransportOptions> given) : IAsyncDisposable
{
    private EmbeddedBroker? _broker;

    /// <summary>The addresses for a plugin; none where nobody can know one.</summary>
    public async Task<IReadOnlyList<TransportOptions>> OfAsync(BenchPlugin plugin, CancellationToken cancellation)
    {
        if (given.Where(options => plugin.Names.Contains(options.Address.Scheme)).ToList() is { Count: > 0 } addresses) return addresses;
        if (plugin.Names.Contains("memory")) return [new TransportOptions(new Uri($"memory://bench-{RandomNumberGenerator.GetHexString(16, lowercase: true)}"))];
        if (!plugin.Names.Contains("mqtt")) return [];
        _broker ??= await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Listen = new Uri("mqtt://127.0.0.1:0") }, cancellation);
        return [new TransportOptions(_broker.Address)];
    }

    /// <summary>Ends the broker.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_broker is not null) await _broker.DisposeAsync();
    }
}
