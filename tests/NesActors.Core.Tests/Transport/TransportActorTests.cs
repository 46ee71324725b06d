using Akka.Actor;
using Akka.TestKit;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.Tests.Doubles;
using NesActors.Core.Transport;
using static NesActors.Core.Transport.TransportProtocol;

namespace NesActors.Core.Tests.Transport;

public sealed class TransportActorTests : ActorSpec
{
    private readonly ScriptedNetwork _network = new();
    private readonly TestProbe _session;

    public TransportActorTests()
    {
        Tuning = Tuning with { Reconnect = new Backoff(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20), 0), MaxInFlight = 2 };
        _session = CreateTestProbe();
    }

    [Fact]
    public void Connects_subscribes_to_its_own_mailbox_and_says_that_it_is_online()
    {
        Start();
        _session.ExpectMsg<Events.Online>(Patience);
        Assert.Equal([Me], _network.NextConnection().Subscriptions);
    }

    [Fact]
    public void Takes_no_mail_for_a_session_that_only_sends()
    {
        Start(receive: false);
        _session.ExpectMsg<Events.Online>(Patience);
        Assert.Empty(_network.NextConnection().Subscriptions);
    }

    [Fact]
    public void Tries_again_after_failures_and_tells_why_each_time()
    {
        _network.Failures.Enqueue(new TransportException(TransportFailure.Unreachable, "nobody there"));
        _network.Failures.Enqueue(new TransportException(TransportFailure.Refused, "wrong password"));
        Start();
        Assert.Equal(new Events.Offline(TransportFailure.Unreachable, "nobody there"), _session.ExpectMsg<Events.Offline>(Patience));
        Assert.Equal(new Events.Offline(TransportFailure.Refused, "wrong password"), _session.ExpectMsg<Events.Offline>(Patience));
        _session.ExpectMsg<Events.Online>(Patience);
        Assert.Equal(3, _network.Attempts);
    }

    [Fact]
    public void Connects_and_subscribes_again_when_the_connection_is_lost()
    {
        Start();
        _session.ExpectMsg<Events.Online>(Patience);
        var first = _network.NextConnection();
        first.Break("the broker went away");
        Assert.Equal(new Events.Offline(null, "the broker went away"), _session.ExpectMsg<Events.Offline>(Patience));
        _session.ExpectMsg<Events.Online>(Patience);
        Assert.True(first.IsDisposed);
        Assert.Equal([Me], _network.NextConnection().Subscriptions);
    }

    [Fact]
    public void Hands_frames_up_with_the_means_to_acknowledge_them()
    {
        Start();
        _session.ExpectMsg<Events.Online>(Patience);
        var connection = _network.NextConnection();
        connection.Deliver(Me, [1, 2, 3]);
        var frame = _session.ExpectMsg<Events.FrameArrived>(Patience).Frame;
        Assert.Equal([1, 2, 3], frame.Payload.ToArray());
        Assert.Equal(0, connection.Acknowledged);
        frame.Acknowledge();
        Assert.Equal(1, connection.Acknowledged);
    }

    [Fact]
    public void Says_that_nothing_was_sent_while_there_is_no_connection()
    {
        _network.Failures.Enqueue(new TransportException(TransportFailure.Unreachable, "nobody there"));
        var transport = Start(Tuning with { Reconnect = new Backoff(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), 0) });
        _session.ExpectMsg<Events.Offline>(Patience);
        transport.Tell(new Commands.Publish(MessageId.New(Clock), Amy, new byte[] { 1 }), TestActor);
        Assert.Equal(PublishOutcome.NotSent, ExpectMsg<Replies.PublishSettled>(Patience).Result.Outcome);
    }

    [Fact]
    public void Has_no_more_publishes_in_flight_than_it_may_and_settles_all()
    {
        var gate = new TaskCompletionSource();
        var inFlight = 0;
        var most = 0;
        _network.OnPublish = async (_, _, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inFlight));
            await gate.Task;
            Interlocked.Decrement(ref inFlight);
            return PublishResult.Confirmed;
        };
        var transport = Start();
        _session.ExpectMsg<Events.Online>(Patience);
        for (var i = 0; i < 10; i++) transport.Tell(new Commands.Publish(MessageId.New(Clock), Amy, new byte[] { 1 }), TestActor);
        var connection = _network.NextConnection();
        AwaitCondition(() => connection.Published.Count == 2, Patience);
        gate.SetResult();
        var settled = Enumerable.Range(0, 10).Select(_ => ExpectMsg<Replies.PublishSettled>(Patience)).ToList();
        Assert.All(settled, each => Assert.Equal(PublishOutcome.Confirmed, each.Result.Outcome));
        Assert.Equal(2, most);
    }

    [Fact]
    public void A_loss_settles_what_waits_as_not_sent_and_leaves_what_is_in_flight_to_the_transport()
    {
        var flight = new TaskCompletionSource<PublishResult>();
        _network.OnPublish = (_, _, _) => flight.Task;
        var transport = Start(Tuning with { MaxInFlight = 1 });
        _session.ExpectMsg<Events.Online>(Patience);
        var (left, waiting) = (MessageId.New(Clock), MessageId.New(Clock));
        transport.Tell(new Commands.Publish(left, Amy, new byte[] { 1 }), TestActor);
        transport.Tell(new Commands.Publish(waiting, Amy, new byte[] { 2 }), TestActor);
        var connection = _network.NextConnection();
        AwaitCondition(() => connection.Published.Count == 1, Patience);
        connection.Break("cut");
        Assert.Equal((waiting, PublishOutcome.NotSent), Outcome(ExpectMsg<Replies.PublishSettled>(Patience)));
        flight.SetResult(new PublishResult(PublishOutcome.Unknown, "cut"));
        Assert.Equal((left, PublishOutcome.Unknown), Outcome(ExpectMsg<Replies.PublishSettled>(Patience)));
    }

    [Fact]
    public void Gives_a_publish_up_that_is_never_confirmed()
    {
        _network.OnPublish = async (_, _, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, TaskScheduler.Default);
            return new PublishResult(PublishOutcome.Unknown, "no confirmation");
        };
        var transport = Start(Tuning with { PublishTimeout = TimeSpan.FromMilliseconds(20) });
        _session.ExpectMsg<Events.Online>(Patience);
        transport.Tell(new Commands.Publish(MessageId.New(Clock), Amy, new byte[] { 1 }), TestActor);
        Assert.Equal(PublishOutcome.Unknown, ExpectMsg<Replies.PublishSettled>(Patience).Result.Outcome);
    }

    [Fact]
    public void Closes_the_connection_when_told_to_and_stops()
    {
        var transport = Start();
        _session.ExpectMsg<Events.Online>(Patience);
        var connection = _network.NextConnection();
        Watch(transport);
        transport.Tell(new Commands.Close());
        ExpectTerminated(transport, Patience);
        Assert.True(connection.IsDisposed);
    }

    private static (MessageId, PublishOutcome) Outcome(Replies.PublishSettled settled) => (settled.Id, settled.Result.Outcome);

    private IActorRef Start(SessionTuning? tuning = null, bool receive = true)
    {
        var (options, used) = (Options(_network.Create, new ScriptedDirectory(), receive), tuning ?? Tuning);
        return _session.ChildActorOf(Props.Create(() => new TransportActor(options, used)));
    }
}
