using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage;

namespace NesActors.Core.Session;

/// <summary>A message for the session of one identity.</summary>
internal interface IWithIdentity
{
    Username Identity { get; }
}

/// <summary>What a session is told and tells. Commands may come twice: the second time they change nothing.</summary>
internal static class SessionProtocol
{
    public static class Commands
    {
        /// <summary>Answered by <see cref="Replies.SendAck"/> when the message is stored, or <see cref="Replies.SendNack"/>.</summary>
        public sealed record SendMessage(Username Identity, MessageId Id, Username To, string Text) : IWithIdentity;

        /// <summary>Take a message back that has not left; answered by <see cref="Replies.WithdrawAck"/>.</summary>
        public sealed record WithdrawMessage(Username Identity, MessageId Id, Username To) : IWithIdentity;

        /// <summary>Answered by <see cref="Replies.ContactAck"/>.</summary>
        public sealed record ChangeContact(Username Identity, Username Contact, ContactChange Change) : IWithIdentity;

        /// <summary>What came from a contact was read; the contact is told, where the person wants that. Answered by nothing.</summary>
        public sealed record TellRead(Username Identity, Username Contact) : IWithIdentity;

        /// <summary>Close the connection and stop; answered by nothing but the end of the actor.</summary>
        public sealed record Shutdown(Username Identity) : IWithIdentity;
    }

    public static class Queries
    {
        /// <summary>Answered by <see cref="MessengerStatus"/>.</summary>
        public sealed record GetStatus(Username Identity) : IWithIdentity;

        /// <summary>Ask the key directory for a contact's keys; answered by <see cref="KeyLookUp"/>.</summary>
        public sealed record LookUpKeys(Username Identity, Username Contact) : IWithIdentity;
    }

    public static class Replies
    {
        public sealed record SendAck(MessageId Id);

        public sealed record SendNack(MessageId Id, string Detail);

        /// <summary>The message's state is final now, or as final as it can be known.</summary>
        public sealed record WithdrawAck(MessageId Id);

        /// <param name="Contact">The contact after the change; null where it does not apply.</param>
        public sealed record ContactAck(Contact? Contact);
    }

    /// <summary>Told to a session by its conversations.</summary>
    public static class Events
    {
        /// <summary>A frame of this sender was dropped.</summary>
        public sealed record FrameDropped(SpoolId SpoolId, DropReason Reason);

        /// <summary>A frame has left the spool and its message is stored.</summary>
        public sealed record FrameReceived;

        /// <summary>A frame did no more than confirm, and was taken note of.</summary>
        public sealed record ConfirmationTaken(SpoolId SpoolId);

        /// <summary>What the person thinks of a contact now.</summary>
        public sealed record StandingChanged(Username Contact, ContactStanding Standing);

        /// <summary>How many messages of a conversation wait to go out.</summary>
        public sealed record OutboxChanged(Username Contact, int Waiting);
    }
}
