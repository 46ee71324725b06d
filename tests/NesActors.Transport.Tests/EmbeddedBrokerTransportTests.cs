using NesActors.Broker;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.Tests;

public sealed class EmbeddedBrokerTransportTests : MqttTransportSpec
{
    private EmbeddedBroker? _broker;

    protected override TransportOptions Options => new(_broker!.Address);

    protected override async Task StartCarrierAsync() =>
        _broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Listen = new Uri("mqtt://127.0.0.1:0") }, CancellationToken.None);

    protected override async Task StopCarrierAsync() => await _broker!.DisposeAsync();
}
