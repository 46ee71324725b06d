using Akka.Actor;
using Akka.Event;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using static NesActors.Core.Transport.TransportProtocol;

namespace NesActors.Core.Transport;

/// <summary>
/// Keeps one connection: wraps an <see cref="ITransport"/>, makes a new one with back-off when it is lost, subscribes again, publishes
/// with confirmation, hands each inbound frame up with the means to acknowledge it. Talks to its parent, the session, and answers conversations.
/// </summary>
/// <remarks>
/// <code>
///              connected            lost
/// Connecting ────────────► Online ────────► Waiting ──(back-off over)──► Connecting
///     └──────────────── failed ────────────────▲
/// </code>
/// </remarks>
internal sealed class TransportActor : ReceiveActor, IWithTimers
{
    private readonly NesHostOptions _options;
    private readonly SessionTuning _tuning;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Queue<(Commands.Publish Publish, IActorRef Sender)> _waiting = new();

    private ITransport? _transport;
    private int _attempt;
    private int _failures;
    private long _connectedAt;
    private int _inFlight;

    public TransportActor(NesHostOptions options, SessionTuning tuning)
    {
        _options = options;
        _tuning = tuning;
        Connecting();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Connect();

    protected override void PostStop()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        if (_transport is not null) _ = DisposeAsync(_transport, _log);
    }

    private void Connecting()
    {
        Receive<Connected>(connected =>
        {
            (_transport, _connectedAt) = (connected.Transport, _options.Clock.GetTimestamp());
            Become(Online);
            Context.Parent.Tell(new Events.Online());
            connected.Transport.Disconnected.PipeTo(Self, success: reason => new Lost(connected.Attempt, reason));
        });
        Receive<ConnectFailed>(failed => Wait(failed.Failure, failed.Detail));
        Offline();
    }

    private void Online()
    {
        Receive<Commands.Publish>(publish =>
        {
            _waiting.Enqueue((publish, Sender));
            PublishNext();
        });
        Receive<Lost>(lost => lost.Attempt == _attempt, lost =>
        {
            _ = DisposeAsync(_transport!, _log);
            _transport = null;
            foreach (var (publish, sender) in _waiting) sender.Tell(NotConnected(publish));
            _waiting.Clear();
            if (_options.Clock.GetElapsedTime(_connectedAt) >= _tuning.StableAfter) _failures = 0;
            Wait(null, lost.Detail);
        });
        Always();
    }

    private void Waiting()
    {
        Receive<Reconnect>(_ =>
        {
            Become(Connecting);
            Connect();
        });
        Offline();
    }

    private void Offline()
    {
        Receive<Commands.Publish>(publish => Sender.Tell(NotConnected(publish)));
        Always();
    }

    private void Always()
    {
        Receive<Arrived>(arrived => arrived.Attempt == _attempt, arrived => Context.Parent.Tell(new Events.FrameArrived(arrived.Frame)));
        Receive<Settled>(settled =>
        {
            _inFlight--;
            settled.ReplyTo.Tell(new Replies.PublishSettled(settled.Id, settled.Result));
            PublishNext();
        });
        ReceiveAsync<Commands.Close>(async _ =>
        {
            var transport = _transport;
            _transport = null;
            if (transport is not null) await DisposeAsync(transport, _log);
            Context.Stop(Self);
        });
        // What an earlier connection still says.
        Receive<Arrived>(_ => { });
        Receive<Lost>(_ => { });
        Receive<Connected>(late => _ = DisposeAsync(late.Transport, _log));
        Receive<ConnectFailed>(_ => { });
    }

    private void Connect()
    {
        var attempt = ++_attempt;
        ConnectAsync(attempt, Self, _stopping.Token).PipeTo(Self, failure: e => e is TransportException failed
            ? new ConnectFailed(failed.Failure, failed.Message)
            : new ConnectFailed(TransportFailure.Unreachable, $"The transport failed: {e.Message}"));
    }

    private async Task<Connected> ConnectAsync(int attempt, IActorRef self, CancellationToken cancellation)
    {
        var transport = _options.Transport();
        try
        {
            await transport.ConnectAsync(_options.TransportOptions, frame => self.Tell(new Arrived(attempt, frame)), cancellation);
            if (_options.Receive) await transport.SubscribeAsync(_options.Identity.User, cancellation);
            return new Connected(attempt, transport);
        }
        catch
        {
            await transport.DisposeAsync();
            throw;
        }
    }

    private void Wait(TransportFailure? failure, string detail)
    {
        var delay = _tuning.Reconnect.Delay(++_failures, Random.Shared.NextDouble());
        _log.Info("Not connected ({0}); next attempt in {1:F1} s", detail, delay.TotalSeconds);
        Timers.StartSingleTimer(nameof(Reconnect), Reconnect.Instance, delay);
        Become(Waiting);
        Context.Parent.Tell(new Events.Offline(failure, detail));
    }

    private void PublishNext()
    {
        while (_transport is not null && _inFlight < _tuning.MaxInFlight && _waiting.TryDequeue(out var next))
        {
            _inFlight++;
            var (publish, sender) = next;
            PublishAsync(_transport, publish, _tuning.PublishTimeout, _stopping.Token).PipeTo(
                Self,
                success: result => new Settled(publish.Id, result, sender),
                failure: e => new Settled(publish.Id, new PublishResult(PublishOutcome.Unknown, $"The transport failed: {e.Message}"), sender));
        }
    }

    private static async Task<PublishResult> PublishAsync(
        ITransport transport, Commands.Publish publish, TimeSpan timeout, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(timeout);
        return await transport.PublishAsync(publish.Mailbox, publish.Frame, limit.Token);
    }

    private static async Task DisposeAsync(ITransport transport, ILoggingAdapter log)
    {
        try
        {
            await transport.DisposeAsync();
        }
        catch (Exception e)
        {
            log.Warning("A transport failed while it was closed: {0}", e.Message);
        }
    }

    private static Replies.PublishSettled NotConnected(Commands.Publish publish) =>
        new(publish.Id, new PublishResult(PublishOutcome.NotSent, "not connected"));

    private sealed record Connected(int Attempt, ITransport Transport);

    private sealed record ConnectFailed(TransportFailure Failure, string Detail);

    private sealed record Lost(int Attempt, string Detail);

    private sealed record Arrived(int Attempt, InboundFrame Frame);

    private sealed record Settled(MessageId Id, PublishResult Result, IActorRef ReplyTo);

    private sealed record Reconnect
    {
        public static Reconnect Instance { get; } = new();
    }
}
