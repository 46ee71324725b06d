using NesActors.Contracts.Transport;

namespace NesActors.PluginContracts.Transport;

public abstract partial class TransportSpec
{
    /// <summary>What arrives while the client of a durable session is away waits for it, in order.</summary>
    [SkippableFact]
    public async Task Keeps_what_arrives_while_a_durable_session_is_away()
    {
        Skip.IfNot(SupportsDurableSessions, "this transport has no durable sessions");
        var options = DurableOptions();
        var before = await ConnectAsync(new FrameCollector(), options, Bob);
        await before.DisposeAsync();
        var sender = await ConnectSenderAsync();

        await PublishAsync(sender, Bob, Bytes("one"));
        await PublishAsync(sender, Bob, Bytes("two"));
        var collector = new FrameCollector();
        await ConnectAsync(collector, options, Bob);

        Assert.Equal(["one", "two"], Texts(await collector.WaitForAsync(2)));
    }

    /// <summary>What waits is handed over once its mailbox is subscribed again, and not before: the host may not be ready for it.</summary>
    [SkippableFact]
    public async Task Holds_what_waited_until_its_mailbox_is_subscribed()
    {
        Skip.IfNot(SupportsDurableSessions, "this transport has no durable sessions");
        var options = DurableOptions();
        var before = await ConnectAsync(new FrameCollector(), options, Bob, Carol);
        await before.DisposeAsync();
        var sender = await ConnectSenderAsync();

        await PublishAsync(sender, Bob, Bytes("for bob"));
        await PublishAsync(sender, Carol, Bytes("for carol"));
        var collector = new FrameCollector();
        var after = await ConnectAsync(collector, options, Carol);

        Assert.Equal(["for carol"], Texts(await collector.WaitForAsync(1)));
        await after.SubscribeAsync(Bob, CancellationToken.None);
        Assert.Equal(["for carol", "for bob"], Texts(await collector.WaitForAsync(2)));
    }

    /// <summary>A frame that was not acknowledged comes again.</summary>
    [SkippableFact]
    public async Task Delivers_again_what_was_not_acknowledged()
    {
        Skip.IfNot(SupportsDurableSessions, "this transport has no durable sessions");
        var options = DurableOptions();
        var first = new FrameCollector(acknowledges: false);
        var before = await ConnectAsync(first, options, Bob);
        var sender = await ConnectSenderAsync();
        await PublishAsync(sender, Bob, Bytes("one"));
        await PublishAsync(sender, Bob, Bytes("two"));
        await first.WaitForAsync(2);
        await before.DisposeAsync();

        var second = new FrameCollector();
        await ConnectAsync(second, options, Bob);

        var arrived = Texts(await second.WaitForAsync(frames => Texts(frames).Distinct().Count() == 2));
        Assert.Equal(["one", "two"], arrived.Distinct());
    }

    /// <summary>Acknowledging ends the carrier's care for a frame.</summary>
    [SkippableFact]
    public async Task Does_not_deliver_again_what_was_acknowledged()
    {
        Skip.IfNot(SupportsDurableSessions, "this transport has no durable sessions");
        var options = DurableOptions();
        var first = new FrameCollector();
        var before = await ConnectAsync(first, options, Bob);
        var sender = await ConnectSenderAsync();
        await PublishAsync(sender, Bob, Bytes("old"));
        await first.WaitForAsync(1);
        // Behind the acknowledgement on the same connection: when this is confirmed, that has arrived.
        await PublishAsync(before, Carol, Bytes("flush"));
        await before.DisposeAsync();

        await PublishAsync(sender, Bob, Bytes("new"));
        var second = new FrameCollector();
        await ConnectAsync(second, options, Bob);

        Assert.Equal(["new"], Texts(await second.WaitForAsync(frames => Texts(frames).Contains("new"))));
    }

    /// <summary>Acknowledging never throws: not twice, and not when the connection is long gone.</summary>
    [SkippableFact]
    public async Task Takes_an_acknowledgement_at_any_time()
    {
        var collector = new FrameCollector(acknowledges: false);
        var receiver = await ConnectAsync(collector, Options, Bob);
        await PublishAsync(await ConnectSenderAsync(), Bob, Bytes("one"));
        var frame = (await collector.WaitForAsync(1)).Single();

        frame.Acknowledge();
        frame.Acknowledge();
        await receiver.DisposeAsync();
        frame.Acknowledge();
        Assert.Equal(["one"], Texts(collector.Frames));
    }

    /// <summary>Two connections with the same client id: the later one has the session, the earlier one is told.</summary>
    [SkippableFact]
    public async Task Tells_the_earlier_of_two_connections_that_it_was_taken_over()
    {
        Skip.IfNot(SupportsDurableSessions, "this transport has no durable sessions");
        var options = DurableOptions();
        var earlier = await ConnectAsync(new FrameCollector(), options, Bob);
        var collector = new FrameCollector();

        await ConnectAsync(collector, options, Bob);

        Assert.NotEmpty(await earlier.Disconnected.WaitAsync(Patience));
        await PublishAsync(await ConnectSenderAsync(), Bob, Bytes("for the later"));
        Assert.Equal(["for the later"], Texts(await collector.WaitForAsync(1)));
    }

    /// <summary>A durable session needs a name by which it is found again.</summary>
    [SkippableFact]
    public Task Refuses_a_durable_session_without_a_client_id() =>
        AssertFailsAsync(TransportFailure.Misconfigured, Options with { ClientId = null, SessionExpiry = TimeSpan.FromHours(1) });
}
