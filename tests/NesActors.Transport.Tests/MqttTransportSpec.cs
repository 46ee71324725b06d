using NesActors.Contracts.Transport;
using NesActors.PluginContracts.Transport;
using NesActors.Testing;
using NesActors.Transport.Mqtt;

namespace NesActors.Transport.Tests;

/// <summary>What all runs of the contract over MQTT have in common.</summary>
public abstract class MqttTransportSpec : TransportSpec
{
    protected override TransportOptions UnreachableOptions => new(new Uri($"mqtt://127.0.0.1:{FreePort.Next()}"));

    protected override ITransport CreateTransport() => new MqttTransport();
}
