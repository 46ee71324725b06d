using Akka.Actor;
using NesActors.Contracts;
using NesActors.Core.Session;
using NesActors.Core.Storage;
using NesActors.Core.Tests.Doubles;

namespace NesActors.Core.Tests.Session;

public sealed class FailingStoreTests : ActorSpec
{
    [Fact]
    public void A_session_whose_store_fails_stops_rather_than_go_on_with_half_of_its_memory_and_says_why()
    {
        var options = Options(new ScriptedNetwork().Create, new ScriptedDirectory().Has(Amy));
        var (tuning, store) = (Tuning, new FailingStore(Clock));
        var props = new Dictionary<Username, Props> { [Me] = Props.Create(() => new SessionActor(options, tuning, store, Leftovers.None)) };
        var end = new SessionEnd();
        var sessions = Sys.ActorOf(Props.Create(() => new SessionsActor(props, end)));
        Watch(sessions);
        sessions.Tell(new SessionProtocol.Commands.SendMessage(Me, MessageId.New(Clock), Amy, "hello"), TestActor);
        ExpectMsg<SessionProtocol.Replies.SendAck>(Patience);
        ExpectTerminated(sessions, Patience);
        Assert.Equal(store.Failure, end.ToException().InnerException);
    }
}
