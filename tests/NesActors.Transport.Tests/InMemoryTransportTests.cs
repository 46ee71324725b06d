using NesActors.Contracts.Transport;
using NesActors.PluginContracts.Transport;
using NesActors.Transport.InMemory;

namespace NesActors.Transport.Tests;

public sealed class InMemoryTransportTests : TransportSpec
{
    private readonly string _name = $"network-{Guid.NewGuid():N}";

    protected override TransportOptions Options => new(new Uri($"memory://{_name}"));

    protected override TransportOptions UnreachableOptions
    {
        get
        {
            InMemoryNetwork.Named("nobody").IsDown = true;
            return new TransportOptions(new Uri("memory://nobody"));
        }
    }

    protected override Task StartCarrierAsync() => Task.CompletedTask;

    protected override Task StopCarrierAsync()
    {
        InMemoryNetwork.Named(_name).BreakConnections("pulled the plug");
        return Task.CompletedTask;
    }

    protected override ITransport CreateTransport() => new InMemoryTransport();

    [Fact]
    public async Task Keeps_what_is_sent_to_a_mailbox_that_nobody_has()
    {
        var sender = await ConnectSenderAsync();
        await PublishAsync(sender, Bob, Bytes("before anybody came"));

        var collector = new FrameCollector();
        await ConnectAsync(collector, Options, Bob);

        Assert.Equal(["before anybody came"], Texts(await collector.WaitForAsync(1)));
    }

    [Fact]
    public async Task Refuses_a_frame_when_too_many_wait()
    {
        var sender = await ConnectSenderAsync();
        for (var number = 0; number < InMemoryNetwork.MaxWaiting; number++) await PublishAsync(sender, Bob, Bytes("x"));

        var result = await sender.PublishAsync(Bob, Bytes("x"), CancellationToken.None);

        Assert.Equal(PublishOutcome.Refused, result.Outcome);
    }

    [Fact]
    public async Task Refuses_a_frame_that_is_too_large()
    {
        var sender = await ConnectSenderAsync();

        var result = await sender.PublishAsync(Bob, new byte[InMemoryNetwork.MaxFrame + 1], CancellationToken.None);

        Assert.Equal(PublishOutcome.Refused, result.Outcome);
    }

    [Fact]
    public async Task Gives_the_reason_for_which_it_was_broken()
    {
        var transport = await ConnectSenderAsync();

        InMemoryNetwork.Named(_name).BreakConnections("pulled the plug");

        Assert.Equal("pulled the plug", await transport.Disconnected.WaitAsync(Patience));
    }

    [Fact]
    public async Task Ends_a_connection_whose_receiver_fails()
    {
        var transport = NewTransport();
        await transport.ConnectAsync(Options, _ => throw new InvalidOperationException("no"), CancellationToken.None);
        await transport.SubscribeAsync(Bob, CancellationToken.None);

        await PublishAsync(transport, Bob, Bytes("x"));

        Assert.Contains("InvalidOperationException", await transport.Disconnected.WaitAsync(Patience), StringComparison.Ordinal);
    }
}
