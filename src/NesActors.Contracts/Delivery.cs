using System.Security.Cryptography;

namespace NesActors.Contracts;

/// <summary>
/// What our own clients tell each other beside a text, so that the sender learns whether it arrived. The original's users send nothing of it, and ignore it.
/// </summary>
public sealed record Delivery
{
    /// <summary>The numbering that <see cref="Sequence"/> belongs to; <see langword="null"/> in a confirmation.</summary>
    public StreamId? Stream { get; init; }

    /// <summary>The number of the message within (stream, recipient), from 1; <see langword="null"/> in a confirmation.</summary>
    public long? Sequence { get; init; }

    /// <summary>
    /// The content hash (<see cref="Crypto.SealedFrame.ContentHash"/>) of the message before it in <see cref="Stream"/>, <see cref="Acknowledgement.HashSize"/> bytes. Empty where it is not known, and where the suite
    /// does not tell it.
    /// </summary>
    public ReadOnlyMemory<byte> Previous { get; init; }

    /// <summary>What the sender has received from the recipient; <see langword="null"/> where that is nothing.</summary>
    public Acknowledgement? Ack { get; init; }

    /// <summary>Whether the message carries nothing but <see cref="Ack"/>: it has no text, is not numbered, and is shown to nobody.</summary>
    public bool IsConfirmation { get; init; }

    /// <summary>Whether the parts fit together: a confirmation has only what it confirms, a text both stream and number or neither, and what is before it only with these.</summary>
    public bool IsWhole => (Previous.IsEmpty || (Previous.Length == Acknowledgement.HashSize && Stream is not null)) && (IsConfirmation
        ? Ack is not null && Stream is null && Sequence is null
        : (Stream is null) == (Sequence is null) && Sequence is null or >= 1);

    /// <inheritdoc/>
    public bool Equals(Delivery? other) => other is not null && Stream == other.Stream && Sequence == other.Sequence && Previous.Span.SequenceEqual(other.Previous.Span) && Ack == other.Ack
        && IsConfirmation == other.IsConfirmation;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Stream, Sequence, Previous.Length, Ack, IsConfirmation);
}

/// <summary>Names one sender's numbering of messages: new at each installation, and after each loss of state.</summary>
/// <param name="Value">16 random bytes.</param>
public readonly record struct StreamId(UInt128 Value)
{
    /// <summary>The number of bytes.</summary>
    public const int Size = 16;

    /// <summary>A new one, from a cryptographic generator.</summary>
    public static StreamId New() => Read(RandomNumberGenerator.GetBytes(Size));

    /// <summary>From its bytes, most significant first.</summary>
    /// <exception cref="ArgumentException">There are not 16 of them.</exception>
    public static StreamId Read(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new StreamId(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes))
        : throw new ArgumentException("A stream's name has 16 bytes.", nameof(bytes));

    /// <summary>Its bytes, most significant first.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return bytes;
    }
}

/// <summary>Which messages of one stream have arrived.</summary>
/// <param name="Stream">The stream of the one whom it is told to.</param>
/// <param name="UpTo">The highest number without a gap before it; 0: none.</param>
/// <param name="Beyond">The content hashes (<see cref="Crypto.OpenedFrame.ContentHash"/>) of those that arrived beyond a gap; at most <see cref="MaxBeyond"/>.</param>
public sealed record Acknowledgement(StreamId Stream, long UpTo, IReadOnlyList<ReadOnlyMemory<byte>> Beyond)
{
    /// <summary>The most hashes that one message carries.</summary>
    public const int MaxBeyond = 32;

    /// <summary>The size of a hash in bytes.</summary>
    public const int HashSize = 32;

    /// <summary>The highest number up to which all was read; 0: nothing, or it is not told.</summary>
    public long ReadUpTo { get; init; }

    /// <inheritdoc/>
    public bool Equals(Acknowledgement? other) =>
        other is not null && Stream == other.Stream && UpTo == other.UpTo && ReadUpTo == other.ReadUpTo && Beyond.Count == other.Beyond.Count
        && Beyond.Zip(other.Beyond).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Stream, UpTo, ReadUpTo, Beyond.Count);
}
