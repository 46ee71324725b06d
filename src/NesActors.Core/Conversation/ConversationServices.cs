using Akka.Actor;
using NesActors.Contracts;
using NesActors.Core.Contacts;
using NesActors.Core.Hosting;
using NesActors.Core.Storage;

namespace NesActors.Core.Conversation;

/// <summary>What all conversations of a session share.</summary>
internal sealed record ConversationServices(
    Username Me, IActorRef KeyDirectory, IActorRef Crypto, IActorRef Transport, IMessageStore Store, SessionTuning Tuning, TimeProvider Clock)
{
    /// <summary>What is done without asking the person.</summary>
    public ContactPolicy Policy { get; init; } = new();

    /// <summary>
    /// Whether the session takes its mail, and so hears confirmations. One that only sends lets a broker that refuses us, or cannot be trusted, fail what waits to go out: nobody
    /// is there to mend it.
    /// </summary>
    public bool Receives { get; init; } = true;
}
