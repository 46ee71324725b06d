using Akka.Actor;

namespace NesActors.Core.Hosting;

/// <summary>
/// Props from a delegate. Akka's own take an expression, compile it to find the arguments, and call the constructor by reflection: tens of milliseconds
/// at the start of a program that sends once.
/// </summary>
internal static class ActorProps
{
    public static Props Of<TActor>(Func<TActor> create)
        where TActor : ActorBase => Props.CreateBy(new Producer<TActor>(create));

    private sealed class Producer<TActor>(Func<TActor> create) : IIndirectActorProducer
        where TActor : ActorBase
    {
        public Type ActorType => typeof(TActor);

        public ActorBase Produce() => create();

        public void Release(ActorBase actor)
        {
            // The actor owns nothing that it does not free in PostStop.
        }
    }
}
