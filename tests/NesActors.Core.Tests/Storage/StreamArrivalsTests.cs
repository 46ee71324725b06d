using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Tests.Storage;

public sealed class StreamArrivalsTests
{
    private static readonly StreamId Stream = StreamId.New();

    [Fact]
    public void Any_order_of_arrival_ends_without_a_gap()
    {
        var numbers = Enumerable.Range(1, 100).Select(number => (long)number).ToArray();
        new Random(7).Shuffle(numbers);
        var arrivals = numbers.Aggregate(StreamArrivals.Begin(Stream), (known, number) => known.With(number, Hash(number)));
        Assert.Equal((100, 0), (arrivals.UpTo, arrivals.Beyond.Count));
    }

    [Fact]
    public void An_acknowledgement_names_the_latest_beyond_a_gap_what_waits_last()
    {
        var arrivals = Enumerable.Range(2, 40).Aggregate(StreamArrivals.Begin(Stream), (known, number) => known.With(number, Hash(number)));
        var ack = arrivals.ToAcknowledgement([Hash(99)]);
        Assert.Equal((0, Acknowledgement.MaxBeyond), (ack.UpTo, ack.Beyond.Count));
        Assert.True(ack.Covers(new MessageNumber(Stream, 41), Hash(41)));
        Assert.True(ack.Covers(new MessageNumber(Stream, 99), Hash(99)));
        Assert.False(ack.Covers(new MessageNumber(Stream, 2), Hash(2)));
        Assert.True(arrivals.With(2, Hash(2)).ToAcknowledgement([]).Covers(new MessageNumber(Stream, 2), Hash(2)));
    }

    [Fact]
    public void A_hostile_sender_takes_no_more_than_a_bounded_place()
    {
        var arrivals = Enumerable.Range(0, 2000).Aggregate(StreamArrivals.Begin(Stream), (known, i) => known.With(long.MaxValue - i, Hash(i)));
        Assert.Equal(StreamArrivals.MaxBeyond, arrivals.Beyond.Count);
    }

    [Fact]
    public void What_is_stored_is_read_again()
    {
        var arrivals = StreamArrivals.Begin(Stream).With(1, Hash(1)).With(4, Hash(4)).With(3, Hash(3));
        var read = StreamArrivals.Read(Stream, arrivals.UpTo, arrivals.BeyondToBytes());
        Assert.Equal(arrivals.ToAcknowledgement([]), read.ToAcknowledgement([]));
        Assert.Equal([4, 3], read.Beyond.Select(entry => entry.Number));
        Assert.Throws<FormatException>(() => StreamArrivals.Read(Stream, 1, new byte[7]));
    }

    private static ReadOnlyMemory<byte> Hash(long number) => SHA256.HashData(BitConverter.GetBytes(number));
}
