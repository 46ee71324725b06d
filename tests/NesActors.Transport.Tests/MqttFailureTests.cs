using NesActors.Contracts.Transport;
using NesActors.PluginContracts.Transport;
using NesActors.Testing;

namespace NesActors.Transport.Tests;

public sealed class MqttFailureTests
{
    private const int InFlight = 16;

    [Fact]
    public async Task Does_not_know_what_became_of_a_frame_when_the_line_is_cut_before_the_answer()
    {
        await using var broker = await MqttRun.StartBrokerAsync();
        await using var proxy = CuttingProxy.Start(broker.Address.Port);
        await using var transport = await MqttRun.ConnectAsync(Through(proxy), new FrameCollector());
        var frame = new byte[10_000];
        proxy.HoldAnswers();
        var sent = proxy.WhenClientsSent(frame.Length);

        var publishing = transport.PublishAsync(MqttRun.Bob, frame, CancellationToken.None);
        await sent.WaitAsync(TransportSpec.Patience);
        proxy.Cut();

        Assert.Equal(PublishOutcome.Unknown, (await publishing.WaitAsync(TransportSpec.Patience)).Outcome);
        Assert.NotEmpty(await transport.Disconnected.WaitAsync(TransportSpec.Patience));
        Assert.Equal(PublishOutcome.NotSent, (await transport.PublishAsync(MqttRun.Bob, frame, CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task Does_not_know_what_became_of_a_frame_it_no_longer_waits_for()
    {
        await using var broker = await MqttRun.StartBrokerAsync();
        await using var proxy = CuttingProxy.Start(broker.Address.Port);
        var collector = new FrameCollector();
        await using var transport = await MqttRun.ConnectAsync(Through(proxy), collector);
        using var cancellation = new CancellationTokenSource();
        proxy.HoldAnswers();
        var sent = proxy.WhenClientsSent(10_000);

        var publishing = transport.PublishAsync(MqttRun.Bob, new byte[10_000], cancellation.Token);
        await sent.WaitAsync(TransportSpec.Patience);
        await cancellation.CancelAsync();

        Assert.Equal(PublishOutcome.Unknown, (await publishing.WaitAsync(TransportSpec.Patience)).Outcome);
        // The connection stands, and the frame went its way.
        proxy.ReleaseAnswers();
        Assert.Equal(10_000, (await collector.WaitForAsync(1)).Single().Payload.Length);
        Assert.False(transport.Disconnected.IsCompleted);
    }

    [Fact]
    public async Task Has_certainly_not_sent_what_still_waited_behind_unconfirmed_frames()
    {
        await using var broker = await MqttRun.StartBrokerAsync();
        await using var proxy = CuttingProxy.Start(broker.Address.Port);
        await using var transport = await MqttRun.ConnectAsync(Through(proxy), new FrameCollector());
        using var cancellation = new CancellationTokenSource();
        proxy.HoldAnswers();
        var sent = proxy.WhenClientsSent(InFlight * 1000);

        var first = Enumerable.Range(0, InFlight).Select(_ => transport.PublishAsync(MqttRun.Bob, new byte[1000], CancellationToken.None)).ToArray();
        await sent.WaitAsync(TransportSpec.Patience);
        var cancelled = transport.PublishAsync(MqttRun.Bob, new byte[1000], cancellation.Token);
        var waiting = transport.PublishAsync(MqttRun.Bob, new byte[1000], CancellationToken.None);
        await cancellation.CancelAsync();

        Assert.Equal(PublishOutcome.NotSent, (await cancelled.WaitAsync(TransportSpec.Patience)).Outcome);
        proxy.Cut();
        Assert.All(await Task.WhenAll(first).WaitAsync(TransportSpec.Patience), result => Assert.Equal(PublishOutcome.Unknown, result.Outcome));
        Assert.Equal(PublishOutcome.NotSent, (await waiting.WaitAsync(TransportSpec.Patience)).Outcome);
    }

    [Fact]
    public async Task Notices_a_broker_that_no_longer_answers()
    {
        await using var broker = await MqttRun.StartBrokerAsync();
        await using var proxy = CuttingProxy.Start(broker.Address.Port);
        await using var transport = await MqttRun.ConnectAsync(Through(proxy) with { KeepAlive = TimeSpan.FromSeconds(1) }, new FrameCollector());

        proxy.HoldAnswers();
        var publishing = transport.PublishAsync(MqttRun.Bob, new byte[10], CancellationToken.None);

        Assert.Contains("does not answer", await transport.Disconnected.WaitAsync(TransportSpec.Patience), StringComparison.Ordinal);
        Assert.Equal(PublishOutcome.Unknown, (await publishing.WaitAsync(TransportSpec.Patience)).Outcome);
    }

    // The embedded broker says why; mosquitto 2.0 just closes the connection.
    [Fact]
    public async Task Says_that_another_connection_took_over()
    {
        await using var broker = await MqttRun.StartBrokerAsync();
        var options = new TransportOptions(broker.Address) { ClientId = "0123456789abcdefghij", SessionExpiry = TimeSpan.FromMinutes(1) };
        await using var earlier = await MqttRun.ConnectAsync(options, new FrameCollector());

        await using var later = await MqttRun.ConnectAsync(options, new FrameCollector());

        Assert.Contains("took over", await earlier.Disconnected.WaitAsync(TransportSpec.Patience), StringComparison.Ordinal);
    }

    [RealPartFact("mosquitto")]
    public async Task Reports_what_the_broker_does_not_permit()
    {
        await using var server = await MosquittoServer.StartAsync(new MosquittoOptions { Acl = ["topic readwrite nes/bob/message"] });
        await using var transport = await MqttRun.ConnectAsync(new TransportOptions(server.Address), new FrameCollector());
        var carol = Contracts.Username.Parse("carol");

        var result = await transport.PublishAsync(carol, new byte[10], CancellationToken.None).WaitAsync(TransportSpec.Patience);

        Assert.Equal(PublishOutcome.Refused, result.Outcome);
        Assert.Contains("may not send", result.Detail, StringComparison.Ordinal);
        var permitted = await transport.PublishAsync(MqttRun.Bob, new byte[10], CancellationToken.None).WaitAsync(TransportSpec.Patience);
        Assert.Equal(PublishOutcome.Confirmed, permitted.Outcome);
    }

    [RealPartFact("mosquitto")]
    public async Task Does_not_send_a_frame_that_is_larger_than_the_broker_takes()
    {
        await using var server = await MosquittoServer.StartAsync(new MosquittoOptions { Lines = ["max_packet_size 20000"] });
        await using var transport = await MqttRun.ConnectAsync(new TransportOptions(server.Address), new FrameCollector());

        var largest = await transport.PublishAsync(MqttRun.Bob, new byte[20_000 - 30], CancellationToken.None).WaitAsync(TransportSpec.Patience);
        var larger = await transport.PublishAsync(MqttRun.Bob, new byte[20_001 - 20], CancellationToken.None).WaitAsync(TransportSpec.Patience);

        Assert.Equal(PublishOutcome.Confirmed, largest.Outcome);
        Assert.Equal(PublishOutcome.Refused, larger.Outcome);
        Assert.Contains("larger than the 20000", larger.Detail, StringComparison.Ordinal);
        Assert.False(transport.Disconnected.IsCompleted);
    }

    private static TransportOptions Through(CuttingProxy proxy) => new(new Uri($"mqtt://127.0.0.1:{proxy.Port}"));
}
