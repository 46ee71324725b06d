using System.Security.Cryptography;
using System.Text;
using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.PluginContracts.Transport;

/// <summary>
/// What every transport does, as tests: derive a class in a test project of your own, say how to make your transport and start its carrier, and run
/// <c>dotnet test</c>. Each test has a carrier of its own.
/// </summary>
/// <remarks>
/// The tests are in three parts: <c>TransportSpec.Delivery.cs</c>, <c>TransportSpec.Sessions.cs</c> and <c>TransportSpec.Failures.cs</c>.
/// Nothing is timed: a test fails for want of progress only after <see cref="Patience"/>.
/// </remarks>
public abstract partial class TransportSpec : IAsyncLifetime
{
    /// <summary>How long a test waits for what must happen.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<ITransport> _transports = [];

    /// <summary>A user that receives.</summary>
    protected static Username Bob { get; } = Username.Parse("bob");

    /// <summary>Another one.</summary>
    protected static Username Carol { get; } = Username.Parse("carol");

    /// <summary>Why these tests cannot run here, an absent program for instance: they are then skipped and say so. <see langword="null"/>: they run.</summary>
    protected virtual string? SkipReason => null;

    /// <summary>Whether the carrier keeps frames for a client that is away, and those it has not acknowledged.</summary>
    protected virtual bool SupportsDurableSessions => true;

    /// <summary>Starts what carries the frames, a broker for instance, before each test.</summary>
    protected abstract Task StartCarrierAsync();

    /// <summary>Ends it, after each test, and in tests that want to see the connection break. May be called twice.</summary>
    protected abstract Task StopCarrierAsync();

    /// <summary>A new object of the class under test, not yet connected.</summary>
    protected abstract ITransport CreateTransport();

    /// <summary>Where the running carrier is. Client id and session are set by the tests.</summary>
    protected abstract TransportOptions Options { get; }

    /// <summary>An address of the right kind where nobody answers.</summary>
    protected abstract TransportOptions UnreachableOptions { get; }

    /// <summary>Starts the carrier, or skips.</summary>
    public async Task InitializeAsync()
    {
        Skip.IfNot(SkipReason is null, SkipReason);
        await StartCarrierAsync();
    }

    /// <summary>Disposes all transports of the test, and stops the carrier.</summary>
    public async Task DisposeAsync()
    {
        foreach (var transport in _transports) await transport.DisposeAsync();
        if (SkipReason is null) await StopCarrierAsync();
    }

    /// <summary>A new transport, disposed with the test.</summary>
    protected ITransport NewTransport()
    {
        var transport = CreateTransport();
        _transports.Add(transport);
        return transport;
    }

    /// <summary>A connected transport that takes the frames of these mailboxes.</summary>
    protected async Task<ITransport> ConnectAsync(FrameCollector collector, TransportOptions options, params Username[] mailboxes)
    {
        ArgumentNullException.ThrowIfNull(collector);
        ArgumentNullException.ThrowIfNull(mailboxes);
        var transport = NewTransport();
        await transport.ConnectAsync(options, collector.Receive, CancellationToken.None).WaitAsync(Patience);
        foreach (var mailbox in mailboxes) await transport.SubscribeAsync(mailbox, CancellationToken.None).WaitAsync(Patience);
        return transport;
    }

    /// <summary>A connected transport that only sends.</summary>
    protected Task<ITransport> ConnectSenderAsync() => ConnectAsync(new FrameCollector(), Options);

    /// <summary>Publishes and expects to be confirmed.</summary>
    protected static async Task PublishAsync(ITransport sender, Username mailbox, ReadOnlyMemory<byte> frame)
    {
        ArgumentNullException.ThrowIfNull(sender);
        var result = await sender.PublishAsync(mailbox, frame, CancellationToken.None).WaitAsync(Patience);
        Assert.True(result.Outcome == PublishOutcome.Confirmed, $"{result.Outcome}: {result.Detail}");
    }

    /// <summary>Options of a durable session with a client id of its own.</summary>
    protected TransportOptions DurableOptions() =>
        Options with { ClientId = RandomNumberGenerator.GetHexString(22), SessionExpiry = TimeSpan.FromHours(1) };

    /// <summary>The bytes of a text.</summary>
    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The texts of frames.</summary>
    protected static string[] Texts(IEnumerable<InboundFrame> frames) => [.. frames.Select(frame => Encoding.UTF8.GetString(frame.Payload.Span))];
}
