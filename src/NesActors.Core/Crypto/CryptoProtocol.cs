using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage;

namespace NesActors.Core.Crypto;

/// <summary>What the crypto pool is told and tells.</summary>
internal static class CryptoProtocol
{
    public static class Commands
    {
        /// <summary>Answered by <see cref="Replies.Composed"/> or <see cref="Replies.SealFailed"/>.</summary>
        /// <param name="Id">The message.</param>
        /// <param name="Message">What it says.</param>
        /// <param name="Suite">The suite's id, where there are several; null where there is but one.</param>
        public sealed record Compose(MessageId Id, Message Message, string? Suite = null);

        /// <summary>Answered by <see cref="Replies.Sealed"/> or <see cref="Replies.SealFailed"/>.</summary>
        public sealed record Seal(MessageId Id, ReadOnlyMemory<byte> Content, IPeerIdentity Recipient);

        /// <summary>Answered by <see cref="Replies.Opened"/>.</summary>
        public sealed record Open(long Number, SpoolId SpoolId, ReadOnlyMemory<byte> Frame);

        /// <summary>Answered by <see cref="Replies.Verified"/>.</summary>
        public sealed record Verify(SpoolId SpoolId, OpenedFrame Frame, IPeerIdentity Sender);
    }

    public static class Replies
    {
        public sealed record Composed(MessageId Id, ReadOnlyMemory<byte> Content);

        /// <param name="Id">The message.</param>
        /// <param name="Frame">For the transport.</param>
        /// <param name="ContentHash">What the recipient recognises the content by.</param>
        /// <param name="Recipient">The keys that it is sealed for.</param>
        public sealed record Sealed(MessageId Id, ReadOnlyMemory<byte> Frame, ReadOnlyMemory<byte> ContentHash, Fingerprint Recipient);

        public sealed record SealFailed(MessageId Id, string Detail);

        public sealed record Opened(long Number, SpoolId SpoolId, OpenResult Result);

        /// <param name="SpoolId">The frame.</param>
        /// <param name="Message">The message; null where the proof does not hold.</param>
        public sealed record Verified(SpoolId SpoolId, Message? Message);
    }
}
