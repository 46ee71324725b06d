using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Storage;

/// <summary>A message that waits to go out.</summary>
/// <param name="Message">What is to be said.</param>
/// <param name="Frame">The bytes made of it; <see langword="null"/> before there were any.</param>
/// <param name="MayHaveLeft">Whether these bytes may be at the broker already.</param>
public sealed record OutboxEntry(StoredMessage Message, OutgoingFrame? Frame, bool MayHaveLeft)
{
    /// <summary>Its place in the numbering; <see langword="null"/> before it has one.</summary>
    public MessageNumber? Number { get; init; }
}

/// <summary>What is published for a message.</summary>
/// <param name="Bytes">The sealed frame.</param>
/// <param name="Recipient">The keys that it is sealed for: for others it must be sealed again.</param>
public sealed record OutgoingFrame(ReadOnlyMemory<byte> Bytes, Fingerprint Recipient)
{
    /// <summary>What was sealed, where the suite composes first: a repeat is the same content. Empty where it does not.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>What the recipient recognises the content by. Empty where nothing was composed.</summary>
    public ReadOnlyMemory<byte> ContentHash { get; init; }
}
