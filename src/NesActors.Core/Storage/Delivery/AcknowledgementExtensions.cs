using NesActors.Contracts;

namespace NesActors.Core.Storage.Delivery;

/// <summary>What an acknowledgement says of a message.</summary>
internal static class AcknowledgementExtensions
{
    /// <summary>Whether the message has arrived: by its number, or by its very content.</summary>
    public static bool Covers(this Acknowledgement ack, MessageNumber number, ReadOnlyMemory<byte> contentHash) =>
        ack.Stream == number.Stream && (number.Number <= ack.UpTo || ack.Beyond.Any(hash => hash.Span.SequenceEqual(contentHash.Span)));
}
