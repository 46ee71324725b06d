using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Storage;

namespace NesActors.Core.Conversation;

/// <summary>What a conversation is told by its session, besides the session's own commands.</summary>
internal static class ConversationProtocol
{
    /// <summary>A frame that opened, whose claimed sender is this contact and whose recipient is us.</summary>
    public sealed record IncomingFrame(Username Sender, SpoolId SpoolId, OpenedFrame Frame);

    /// <summary>A message that the session before this one left in the outbox; told in the order in which they were queued, before all else.</summary>
    public sealed record ResumeMessage(OutboxEntry Entry);

    /// <summary>Somebody who confirms has not confirmed all: the conversation sees to it.</summary>
    public sealed record Wake;

    /// <summary>No key directory carries what this user says for suites: who does not see it is told.</summary>
    public sealed record Announce;

    /// <summary>The person has read what came from the contact, or some of it.</summary>
    public sealed record ReadHere;

    /// <summary>The state of the connection.</summary>
    /// <param name="IsOnline">Whether frames can go out.</param>
    /// <param name="Failure">Why not, where an attempt failed.</param>
    /// <param name="Detail">Why not, for a person.</param>
    public sealed record Connection(bool IsOnline, TransportFailure? Failure, string? Detail);

    /// <summary>Asked by a conversation that has nothing to do; the session answers by <see cref="Stop"/>.</summary>
    public sealed record Passivate(Username Contact);

    /// <summary>Stop, unless something came in between; then the answer is <see cref="StillBusy"/>.</summary>
    public sealed record Stop;

    public sealed record StillBusy(Username Contact);
}
