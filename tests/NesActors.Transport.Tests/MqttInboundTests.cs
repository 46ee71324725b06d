using System.Text;
using System.Threading.Channels;
using NesActors.Contracts.Transport;
using NesActors.PluginContracts.Transport;
using NesActors.Testing;
using NesActors.Transport.Mqtt;

namespace NesActors.Transport.Tests;

public sealed class MqttInboundTests
{
    private const int TwoMebibytes = 2 * 1024 * 1024;

    [Theory]
    [InlineData("5")]
    [InlineData("3.1.1")]
    public async Task Cuts_what_is_larger_than_any_frame_and_goes_on(string protocol)
    {
        await using var broker = await MqttRun.StartBrokerAsync(maxPacket: 4 * 1024 * 1024);
        var collector = new FrameCollector();
        await using var transport = await MqttRun.ConnectAsync(Speaking(protocol, broker.Address), collector);

        await MqttRun.PublishAsStrangerAsync(broker.Address, new byte[TwoMebibytes]);
        await MqttRun.PublishAsStrangerAsync(broker.Address, Encoding.UTF8.GetBytes("small"));

        var arrived = await collector.WaitForAsync(2);
        Assert.InRange(arrived[0].Payload.Length, 1024 * 1024 + 1, MqttSettings.MaxInboundPacket);
        Assert.Equal("small", Encoding.UTF8.GetString(arrived[1].Payload.Span));
        Assert.False(transport.Disconnected.IsCompleted);
    }

    [RealPartFact("mosquitto")]
    public async Task Has_a_broker_of_MQTT_5_keep_back_what_is_too_large()
    {
        await using var server = await MosquittoServer.StartAsync();
        var collector = new FrameCollector();
        await using var transport = await MqttRun.ConnectAsync(Speaking("5", server.Address), collector);

        await MqttRun.PublishAsStrangerAsync(server.Address, new byte[TwoMebibytes]);
        await MqttRun.PublishAsStrangerAsync(server.Address, Encoding.UTF8.GetBytes("small"));

        Assert.Equal(["small"], MqttRun.Texts(await collector.WaitForAsync(1)));
    }

    [RealPartFact("mosquitto")]
    public async Task Drops_what_a_stranger_left_for_every_subscription()
    {
        await using var server = await MosquittoServer.StartAsync();
        await MqttRun.PublishAsStrangerAsync(server.Address, Encoding.UTF8.GetBytes("retained"), retain: true);
        foreach (var protocol in (string[])["5", "3.1.1"])
        {
            var collector = new FrameCollector();
            await using var transport = await MqttRun.ConnectAsync(Speaking(protocol, server.Address), collector);

            await MqttRun.PublishAsStrangerAsync(server.Address, Encoding.UTF8.GetBytes("fresh"));

            Assert.Equal(["fresh"], MqttRun.Texts(await collector.WaitForAsync(frames => MqttRun.Texts(frames).Contains("fresh"))));
        }
    }

    [RealPartFact("mosquitto", "mosquitto_pub", "mosquitto_sub")]
    public async Task Exchanges_frames_with_other_clients()
    {
        await using var server = await MosquittoServer.StartAsync();
        var collector = new FrameCollector();
        await using var transport = await MqttRun.ConnectAsync(new TransportOptions(server.Address), collector);

        await MosquittoClients.PublishAsync(server.Port, "nes/bob/message", "from outside");
        Assert.Equal(["from outside"], MqttRun.Texts(await collector.WaitForAsync(1)));

        await MosquittoClients.SubscribeAsync(server.Port, "nes/carol/message");
        await transport.PublishAsync(Contracts.Username.Parse("carol"), Encoding.UTF8.GetBytes("to outside"), CancellationToken.None);
        Assert.Equal("to outside", await MosquittoClients.ReceiveAsync(server.Port, "nes/carol/message"));
    }

    // mosquitto 2.0 sends a durable session's long queue without regard to anybody's limit, where its own queue has none.
    [RealPartFact("mosquitto")]
    public async Task Reads_no_more_than_it_may_hold_unacknowledged_and_misses_nothing()
    {
        const int Waiting = 1500, MaxUnacknowledged = 128;
        foreach (var protocol in (string[])["5", "3.1.1"])
        {
            await using var server = await MosquittoServer.StartAsync(new MosquittoOptions { Lines = ["max_queued_messages 0"] });
            var options = Speaking(protocol, server.Address) with { ClientId = "0123456789abcdefghij", SessionExpiry = TimeSpan.FromMinutes(5) };
            await (await MqttRun.ConnectAsync(options, new FrameCollector())).DisposeAsync();
            await using (var sender = await MqttRun.ConnectAsync(new TransportOptions(server.Address) { Extra = options.Extra }, new FrameCollector()))
            {
                for (var i = 0; i < Waiting; i++) await sender.PublishAsync(MqttRun.Bob, Encoding.UTF8.GetBytes($"{i}"), CancellationToken.None);
            }

            var arrived = Channel.CreateUnbounded<InboundFrame>();
            var (unacknowledged, most) = (0, 0);
            await using var transport = new MqttTransport();
            await transport.ConnectAsync(
                options,
                frame =>
                {
                    most = Math.Max(most, Interlocked.Increment(ref unacknowledged));
                    arrived.Writer.TryWrite(frame);
                },
                CancellationToken.None);
            await transport.SubscribeAsync(MqttRun.Bob, CancellationToken.None).WaitAsync(TransportSpec.Patience);
            var texts = new HashSet<string>();
            while (texts.Count < Waiting)
            {
                var frame = await arrived.Reader.ReadAsync().AsTask().WaitAsync(TransportSpec.Patience);
                Assert.True(texts.Add(Encoding.UTF8.GetString(frame.Payload.Span)));
                Interlocked.Decrement(ref unacknowledged);
                frame.Acknowledge();
            }

            Assert.InRange(most, 1, MaxUnacknowledged);
            Assert.False(transport.Disconnected.IsCompleted);
        }
    }

    private static TransportOptions Speaking(string protocol, Uri address) =>
        new(address) { Extra = new Dictionary<string, string> { ["protocol"] = protocol } };
}
