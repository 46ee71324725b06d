using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Core.Transport;

/// <summary>What the transport actor is told and tells.</summary>
internal static class TransportProtocol
{
    public static class Commands
    {
        /// <summary>Publish a frame; answered to the sender by <see cref="Replies.PublishSettled"/>, always.</summary>
        public sealed record Publish(MessageId Id, Username Mailbox, ReadOnlyMemory<byte> Frame);

        /// <summary>Close the connection and stop.</summary>
        public sealed record Close;
    }

    public static class Replies
    {
        public sealed record PublishSettled(MessageId Id, PublishResult Result);
    }

    /// <summary>Told to the session.</summary>
    public static class Events
    {
        public sealed record Online;

        /// <param name="Failure">What kind of failure it was, where a connection attempt failed; null where a connection was lost.</param>
        /// <param name="Detail">Why, for a person.</param>
        public sealed record Offline(TransportFailure? Failure, string Detail);

        public sealed record FrameArrived(InboundFrame Frame);
    }
}
