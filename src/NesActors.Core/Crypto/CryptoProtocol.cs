using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage;

namespace NesActors.Core.Crypto;

/// <summary>What the crypto pool is told and tells.</summary>
internal static class CryptoProtocol
{
    public static class Commands
    {
        /// <summary>Answered by <see cref="Replies.Sealed"/> or <see cref="Replies.SealFailed"/>.</summary>
        public sealed record Seal(MessageId Id, Message Message, IPeerIdentity Recipient);

        /// <summary>Answered by <see cref="Replies.Opened"/>.</summary>
        public sealed record Open(long Number, SpoolId SpoolId, ReadOnlyMemory<byte> Frame);

        /// <summary>Answered by <see cref="Replies.Verified"/>.</summary>
        public sealed record Verify(SpoolId SpoolId, OpenedFrame Frame, IPeerIdentity Sender);
    }

    public static class Replies
    {
        public sealed record Sealed(MessageId Id, ReadOnlyMemory<byte> Frame);

        public sealed record SealFailed(MessageId Id, string Detail);

        public sealed record Opened(long Number, SpoolId SpoolId, OpenResult Result);

        /// <param name="SpoolId">The frame.</param>
        /// <param name="Message">The message; null where the proof does not hold.</param>
        public sealed record Verified(SpoolId SpoolId, Message? Message);
    }
}
