using Akka.Actor;
using NesActors.Contracts;
using static NesActors.Core.Session.SessionProtocol;

namespace NesActors.Core.Session;

/// <summary>The parent of all sessions in this process: hands each message to the session of its identity. (A shard region can take its place.)</summary>
internal sealed class SessionsActor : ReceiveActor
{
    private readonly SessionEnd _end;

    public SessionsActor(IReadOnlyDictionary<Username, Props> sessions, SessionEnd end)
    {
        _end = end;
        foreach (var (identity, props) in sessions) Context.Watch(Context.ActorOf(props, identity.Value));
        Receive<IWithIdentity>(message =>
        {
            var session = Context.Child(message.Identity.Value);
            if (session.IsNobody()) Sender.Tell(new Status.Failure(end.ToException()));
            else session.Forward(message);
        });
        Receive<Terminated>(_ =>
        {
            if (!Context.GetChildren().Any()) Context.Stop(Self);
        });
    }

    /// <summary>A session whose store failed does not go on with half of its memory: it stops, and its callers see that.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(error =>
    {
        _end.Fail(error);
        return Directive.Stop;
    });
}
