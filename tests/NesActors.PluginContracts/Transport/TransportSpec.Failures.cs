using NesActors.Contracts.Transport;

namespace NesActors.PluginContracts.Transport;

public abstract partial class TransportSpec
{
    /// <summary>Publishing without a connection is an outcome, not an exception.</summary>
    [SkippableFact]
    public async Task Does_not_send_before_it_is_connected()
    {
        var result = await NewTransport().PublishAsync(Bob, Bytes("too early"), CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(PublishOutcome.NotSent, result.Outcome);
        Assert.NotNull(result.Detail);
    }

    /// <summary>Subscribing without a connection says so.</summary>
    [SkippableFact]
    public async Task Does_not_subscribe_before_it_is_connected()
    {
        var error = await Assert.ThrowsAsync<TransportException>(() => NewTransport().SubscribeAsync(Bob, CancellationToken.None).WaitAsync(Patience));

        Assert.Equal(TransportFailure.Unreachable, error.Failure);
    }

    /// <summary>When the carrier goes away, the host is told why, and publishing and subscribing end at once.</summary>
    [SkippableFact]
    public async Task Tells_when_the_carrier_goes_away()
    {
        var transport = await ConnectAsync(new FrameCollector(), Options, Bob);
        Assert.False(transport.Disconnected.IsCompleted);

        await StopCarrierAsync();

        Assert.NotEmpty(await transport.Disconnected.WaitAsync(Patience));
        var result = await transport.PublishAsync(Bob, Bytes("too late"), CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(PublishOutcome.NotSent, result.Outcome);
        var error = await Assert.ThrowsAsync<TransportException>(() => transport.SubscribeAsync(Carol, CancellationToken.None).WaitAsync(Patience));
        Assert.Equal(TransportFailure.Unreachable, error.Failure);
    }

    /// <summary>Disposing closes, tells, and may be repeated.</summary>
    [SkippableFact]
    public async Task Is_done_when_it_is_disposed()
    {
        var transport = await ConnectAsync(new FrameCollector(), Options, Bob);

        await transport.DisposeAsync();
        await transport.DisposeAsync();

        Assert.NotEmpty(await transport.Disconnected.WaitAsync(Patience));
        var result = await transport.PublishAsync(Bob, Bytes("too late"), CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(PublishOutcome.NotSent, result.Outcome);
    }

    /// <summary>What was never connected can be disposed too.</summary>
    [SkippableFact]
    public async Task Is_done_when_it_is_disposed_without_having_connected()
    {
        var transport = NewTransport();

        await transport.DisposeAsync();
        await transport.DisposeAsync();

        Assert.NotEmpty(await transport.Disconnected.WaitAsync(Patience));
    }

    /// <summary>Nobody there: an error of the right kind, with a line for a person.</summary>
    [SkippableFact]
    public Task Says_when_nobody_answers() => AssertFailsAsync(TransportFailure.Unreachable, UnreachableOptions);

    /// <summary>An address of another scheme is a mistake in the settings.</summary>
    [SkippableFact]
    public Task Refuses_an_address_of_another_kind() =>
        AssertFailsAsync(TransportFailure.Misconfigured, Options with { Address = new Uri("gopher://127.0.0.1/") });

    /// <summary>A setting that the transport does not know is a mistake too, and not passed over.</summary>
    [SkippableFact]
    public Task Refuses_a_setting_it_does_not_know() =>
        AssertFailsAsync(TransportFailure.Misconfigured, Options with { Extra = new Dictionary<string, string> { ["no-such-setting"] = "1" } });

    /// <summary>A connection that is no longer wanted is not made.</summary>
    [SkippableFact]
    public async Task Does_not_connect_when_it_is_cancelled()
    {
        var transport = NewTransport();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => transport.ConnectAsync(Options, _ => { }, new CancellationToken(canceled: true)).WaitAsync(Patience));

        await transport.DisposeAsync();
        Assert.NotEmpty(await transport.Disconnected.WaitAsync(Patience));
    }

    /// <summary>A frame that is no longer wanted has certainly not left.</summary>
    [SkippableFact]
    public async Task Does_not_send_when_it_is_cancelled()
    {
        var collector = new FrameCollector();
        var transport = await ConnectAsync(collector, Options, Bob);

        var result = await transport.PublishAsync(Bob, Bytes("unwanted"), new CancellationToken(canceled: true)).WaitAsync(Patience);
        await PublishAsync(transport, Bob, Bytes("wanted"));

        Assert.Equal(PublishOutcome.NotSent, result.Outcome);
        Assert.Equal(["wanted"], Texts(await collector.WaitForAsync(1)));
    }

    /// <summary>Connecting ends with an error of this kind, which says in one line what is wrong.</summary>
    protected async Task<TransportException> AssertFailsAsync(TransportFailure failure, TransportOptions options)
    {
        var transport = NewTransport();
        var error = await Assert.ThrowsAsync<TransportException>(() => transport.ConnectAsync(options, _ => { }, CancellationToken.None).WaitAsync(Patience));
        Assert.True(failure == error.Failure, $"{error.Failure}: {error}");
        Assert.NotEmpty(error.Message);
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }
}
