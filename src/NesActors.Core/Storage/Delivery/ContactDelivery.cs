using System.Collections.Immutable;
using NesActors.Contracts;

namespace NesActors.Core.Storage.Delivery;

/// <summary>What is known of the deliveries between a contact and us. Pure.</summary>
/// <param name="Received">What arrived of the contact's streams; that of the latest arrival last.</param>
public sealed record ContactDelivery(ImmutableList<StreamArrivals> Received)
{
    /// <summary>The streams that are remembered of one contact: the others belong to installations long gone.</summary>
    public const int MaxStreams = 4;

    /// <summary>Nothing is known.</summary>
    public static ContactDelivery None { get; } = new([]);

    /// <summary>Whether the contact's client numbers its messages, and so recognises and confirms ours.</summary>
    public bool Confirms => !Received.IsEmpty;

    /// <summary>The stream of the latest arrival.</summary>
    public StreamArrivals? Latest => Received.IsEmpty ? null : Received[^1];

    /// <summary>What arrived of a stream.</summary>
    public StreamArrivals Of(StreamId stream) => Received.Find(known => known.Stream == stream) ?? StreamArrivals.Begin(stream);

    /// <summary>A message arrived, for the first time or again.</summary>
    public ContactDelivery With(MessageNumber number, ReadOnlyMemory<byte> contentHash)
    {
        var received = Received.RemoveAll(known => known.Stream == number.Stream).Add(Of(number.Stream).With(number.Number, contentHash));
        return this with { Received = received.Count > MaxStreams ? received.RemoveAt(0) : received };
    }
}
