using System.Collections.Concurrent;
using System.Text;
using NesActors.Broker;
using NesActors.Contracts.Transport;
using NesActors.PluginContracts.Transport;
using NesActors.Testing;

namespace NesActors.Transport.Tests;

public sealed class EmbeddedBrokerTests
{
    [Fact]
    public async Task Listens_at_any_free_port()
    {
        await using var one = await MqttRun.StartBrokerAsync();
        await using var other = await MqttRun.StartBrokerAsync();

        Assert.Equal(("mqtt", "127.0.0.1"), (one.Address.Scheme, one.Address.Host));
        Assert.NotEqual(0, one.Address.Port);
        Assert.NotEqual(one.Address, other.Address);
    }

    [Fact]
    public async Task Says_that_the_port_is_taken()
    {
        await using var first = await MqttRun.StartBrokerAsync();

        var error = await Assert.ThrowsAsync<BrokerException>(
            () => EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Listen = first.Address }, CancellationToken.None));

        Assert.Contains($"127.0.0.1:{first.Address.Port}", error.Message, StringComparison.Ordinal);
        await MqttRun.ConnectsAsync(new TransportOptions(first.Address));
    }

    [Fact]
    public async Task Frees_the_port_when_it_ends()
    {
        // An address of its own: on that of the other tests their connections may take the port in between.
        var first = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Listen = new Uri("mqtt://127.0.0.77:0") }, CancellationToken.None);
        await first.DisposeAsync();
        await first.DisposeAsync();

        await using var second = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Listen = first.Address }, CancellationToken.None);

        await MqttRun.ConnectsAsync(new TransportOptions(second.Address));
    }

    [Theory]
    [InlineData("mqtts://127.0.0.1:0")]
    [InlineData("mqtt://broker.example:0")]
    [InlineData("mqtt://user@127.0.0.1:0")]
    [InlineData("mqtt://127.0.0.1:0/path")]
    [InlineData("mqtt://203.0.113.1:0")]
    public async Task Refuses_to_listen_where_it_cannot(string listen)
    {
        var error = await Assert.ThrowsAsync<BrokerException>(
            () => EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Listen = new Uri(listen) }, CancellationToken.None));

        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public async Task Tells_of_every_published_frame()
    {
        var seen = new ConcurrentQueue<PublishedFrame>();
        var options = new EmbeddedBrokerOptions { Listen = new Uri("mqtt://localhost:0"), Published = seen.Enqueue };
        await using var broker = await EmbeddedBroker.StartAsync(options, CancellationToken.None);

        await MqttRun.ConnectsAsync(new TransportOptions(broker.Address));

        var frame = Assert.Single(seen);
        Assert.Equal(("nes/bob/message", "hello"), (frame.Topic, Encoding.UTF8.GetString(frame.Payload.Span)));
    }

    [Fact]
    public async Task Tells_clients_how_large_a_packet_may_be_and_ends_those_that_send_more()
    {
        await using var broker = await MqttRun.StartBrokerAsync(maxPacket: 20_000);
        var options = new TransportOptions(broker.Address);
        var older = options with { Extra = new Dictionary<string, string> { ["protocol"] = "3.1.1" } };
        await using var transport = await MqttRun.ConnectAsync(options, new FrameCollector());
        await using var deaf = await MqttRun.ConnectAsync(older, new FrameCollector());
        var large = new byte[20_000];

        Assert.Equal(PublishOutcome.Refused, (await transport.PublishAsync(MqttRun.Bob, large, CancellationToken.None)).Outcome);
        var unknown = await deaf.PublishAsync(MqttRun.Bob, large, CancellationToken.None).WaitAsync(TransportSpec.Patience);
        Assert.Equal(PublishOutcome.Unknown, unknown.Outcome);
        Assert.NotEmpty(await deaf.Disconnected.WaitAsync(TransportSpec.Patience));
        await MqttRun.ConnectsAsync(options);
    }

    [Fact]
    public async Task Retains_nothing()
    {
        await using var broker = await MqttRun.StartBrokerAsync();
        await MqttRun.PublishAsStrangerAsync(broker.Address, [1, 2, 3], retain: true);

        await MqttRun.ConnectsAsync(new TransportOptions(broker.Address));
    }

    [RealPartFact("mosquitto_pub", "mosquitto_sub")]
    public async Task Serves_other_clients()
    {
        await using var broker = await MqttRun.StartBrokerAsync();
        await MosquittoClients.SubscribeAsync(broker.Address.Port, "nes/bob/message");

        await MosquittoClients.PublishAsync(broker.Address.Port, "nes/bob/message", "hello");

        Assert.Equal("hello", await MosquittoClients.ReceiveAsync(broker.Address.Port, "nes/bob/message"));
    }
}
