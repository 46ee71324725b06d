using System.Buffers;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using NesActors.Broker;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.PluginContracts.Transport;
using NesActors.Transport.Mqtt;

namespace NesActors.Transport.Tests;

/// <summary>Steps that tests of MQTT have in common.</summary>
internal static class MqttRun
{
    public static Username Bob { get; } = Username.Parse("bob");

    public static Task<EmbeddedBroker> StartBrokerAsync(int? maxPacket = null)
    {
        var options = new EmbeddedBrokerOptions { Listen = new Uri("mqtt://127.0.0.1:0") };
        return EmbeddedBroker.StartAsync(maxPacket is { } bytes ? options with { MaxPacketBytes = bytes } : options, CancellationToken.None);
    }

    /// <summary>Connects, and sends a frame to itself.</summary>
    public static async Task ConnectsAsync(TransportOptions options)
    {
        var collector = new FrameCollector();
        await using var transport = await ConnectAsync(options, collector);
        var result = await transport.PublishAsync(Bob, "hello"u8.ToArray(), CancellationToken.None).WaitAsync(TransportSpec.Patience);
        Assert.True(result.Outcome == PublishOutcome.Confirmed, $"{result.Outcome}: {result.Detail}");
        Assert.Equal(["hello"], Texts(await collector.WaitForAsync(1)));
    }

    /// <summary>Connects and subscribes bob's mailbox.</summary>
    public static async Task<MqttTransport> ConnectAsync(TransportOptions options, FrameCollector collector)
    {
        var transport = new MqttTransport();
        try
        {
            await transport.ConnectAsync(options, collector.Receive, CancellationToken.None).WaitAsync(TransportSpec.Patience);
            await transport.SubscribeAsync(Bob, CancellationToken.None).WaitAsync(TransportSpec.Patience);
            return transport;
        }
        catch
        {
            await transport.DisposeAsync();
            throw;
        }
    }

    public static async Task<TransportException> FailsAsync(TransportFailure failure, TransportOptions options)
    {
        await using var transport = new MqttTransport();
        var error = await Assert.ThrowsAsync<TransportException>(
            () => transport.ConnectAsync(options, _ => { }, CancellationToken.None).WaitAsync(TransportSpec.Patience));
        Assert.True(failure == error.Failure, $"{options.Address}: {error.Failure}: {error}");
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }

    /// <summary>Publishes as a stranger would, with another program's freedom.</summary>
    public static async Task PublishAsStrangerAsync(Uri broker, byte[] payload, bool retain = false)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer(broker.Host, broker.Port).Build(), CancellationToken.None);
        await client.PublishAsync(new MqttApplicationMessage
        {
            Topic = "nes/bob/message",
            Payload = new ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.ExactlyOnce,
            Retain = retain,
        }, CancellationToken.None);
        await client.DisconnectAsync();
    }

    public static string[] Texts(IEnumerable<InboundFrame> frames) => [.. frames.Select(frame => Encoding.UTF8.GetString(frame.Payload.Span))];
}
