using Akka.Actor;
using NesActors.Contracts;
using NesActors.Core.Hosting;
using NesActors.Core.Storage;

namespace NesActors.Core.Conversation;

/// <summary>What all conversations of a session share.</summary>
internal sealed record ConversationServices(
    Username Me, IActorRef KeyDirectory, IActorRef Crypto, IActorRef Transport, IMessageStore Store, SessionTuning Tuning, TimeProvider Clock)
{
    /// <summary>Whether a broker that refuses us, or cannot be trusted, fails what waits to go out: nobody is there to mend it.</summary>
    public bool FailsWhenRefused { get; init; }
}
