using System.Buffers.Binary;
using System.Collections.Immutable;
using NesActors.Contracts;

namespace NesActors.Core.Storage.Delivery;

/// <summary>What arrived of one stream: all up to a number, and some beyond a gap, by number and content hash in the order of their arrival. Pure, and bounded.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="UpTo">The highest number without a gap before it; 0: none.</param>
/// <param name="Beyond">What arrived beyond the gap; the latest last.</param>
public sealed record StreamArrivals(StreamId Stream, long UpTo, ImmutableList<(long Number, ReadOnlyMemory<byte> Hash)> Beyond)
{
    /// <summary>How many are remembered beyond a gap. What is forgotten arrives again, for it was not confirmed, and is recognised by its content.</summary>
    public const int MaxBeyond = 256;

    /// <summary>The content hash of the message of the number <see cref="UpTo"/>; empty where it is not known.</summary>
    public ReadOnlyMemory<byte> UpToHash { get; init; }

    private const int EntrySize = sizeof(long) + Acknowledgement.HashSize;

    /// <summary>The highest number that is known to have arrived.</summary>
    public long Highest => Beyond.IsEmpty ? UpTo : Math.Max(UpTo, Beyond.Max(entry => entry.Number));

    /// <summary>A stream of which nothing arrived.</summary>
    public static StreamArrivals Begin(StreamId stream) => new(stream, 0, []);

    /// <summary>A message arrived, for the first time or again.</summary>
    public StreamArrivals With(long number, ReadOnlyMemory<byte> contentHash)
    {
        if (number <= UpTo) return this;
        if (number == UpTo + 1) return Closed(number, contentHash);
        // Again at the end: what arrived again was not known to be confirmed.
        var beyond = Beyond.RemoveAll(entry => entry.Hash.Span.SequenceEqual(contentHash.Span)).Add((number, contentHash));
        return this with { Beyond = beyond.Count > MaxBeyond ? beyond.RemoveAt(0) : beyond };
    }

    /// <summary>Whether something else arrived in the place before a message than its sender wrote there. What is not known contradicts nothing.</summary>
    /// <param name="number">The message's place.</param>
    /// <param name="previous">What its sender says stands before it: a content hash, or nothing.</param>
    public bool Contradicts(long number, ReadOnlyMemory<byte> previous)
    {
        var here = number - 1 == UpTo ? UpToHash : Beyond.Find(entry => entry.Number == number - 1).Hash;
        return !previous.IsEmpty && !here.IsEmpty && !here.Span.SequenceEqual(previous.Span);
    }

    /// <summary>What is told to the sender.</summary>
    /// <param name="waiting">Hashes of what has arrived and waits for what is before it; the latest last.</param>
    public Acknowledgement ToAcknowledgement(IReadOnlyList<ReadOnlyMemory<byte>> waiting) =>
        new(Stream, UpTo, [.. Beyond.Select(entry => entry.Hash).Concat(waiting).TakeLast(Acknowledgement.MaxBeyond)]);

    /// <summary>What is beyond the gap, as it is stored: number (8 bytes, most significant first) and hash, one after the other.</summary>
    public byte[] BeyondToBytes()
    {
        var bytes = new byte[Beyond.Count * EntrySize];
        foreach (var (index, entry) in Beyond.Index())
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(index * EntrySize), entry.Number);
            entry.Hash.Span.CopyTo(bytes.AsSpan(index * EntrySize + sizeof(long)));
        }
        return bytes;
    }

    /// <summary>Reads what <see cref="BeyondToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">It did not.</exception>
    public static StreamArrivals Read(StreamId stream, long upTo, byte[] beyond)
    {
        if (beyond.Length % EntrySize != 0) throw new FormatException("Not a whole number of entries.");
        return new StreamArrivals(stream, upTo, [.. beyond.Chunk(EntrySize).Select(entry => (BinaryPrimitives.ReadInt64BigEndian(entry), (ReadOnlyMemory<byte>)entry.AsMemory(sizeof(long))))]);
    }

    private StreamArrivals Closed(long upTo, ReadOnlyMemory<byte> hash)
    {
        // Two messages may claim one number: the first that arrived has it.
        var next = Beyond.DistinctBy(entry => entry.Number).ToDictionary(entry => entry.Number, entry => entry.Hash);
        while (next.TryGetValue(upTo + 1, out var following)) (upTo, hash) = (upTo + 1, following);
        return this with { UpTo = upTo, UpToHash = hash, Beyond = Beyond.RemoveAll(entry => entry.Number <= upTo) };
    }
}
