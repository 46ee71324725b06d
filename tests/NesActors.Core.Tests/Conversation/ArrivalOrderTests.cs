using NesActors.Contracts;
using NesActors.Core.Conversation;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Tests.Conversation;

public sealed class ArrivalOrderTests
{
    private static readonly StreamId Stream = StreamId.New();
    private readonly ArrivalOrder<string> _order = new(3);

    [Fact]
    public void What_is_in_order_goes_on_at_once()
    {
        Assert.Equal(["1"], Take(1));
        Assert.Equal(["2"], Take(2));
    }

    [Fact]
    public void What_is_beyond_a_gap_waits_for_it()
    {
        Assert.Empty(Take(3));
        Assert.Empty(Take(2));
        Assert.Equal("3", _order.Find(new MessageNumber(Stream, 3)));
        Assert.Equal(["1", "2", "3"], Take(1));
        Assert.Empty(_order.Waiting);
    }

    [Fact]
    public void A_gap_that_is_given_up_is_not_waited_for_again_and_what_fills_it_later_goes_on()
    {
        Take(3);
        Assert.Equal(["3"], _order.GiveUp());
        Assert.Equal(["4"], Take(4));
        Assert.Equal(["2"], Take(2));
    }

    [Fact]
    public void No_more_wait_than_there_is_room_for()
    {
        Take(2);
        Take(3);
        Take(4);
        Assert.Equal(["2", "3", "4", "6"], Take(6));
    }

    [Fact]
    public void It_begins_behind_what_had_arrived_before()
    {
        Assert.Equal(["8"], _order.Take(new MessageNumber(Stream, 8), 7, "8"));
        Assert.Equal(["5"], _order.Take(new MessageNumber(Stream, 5), 7, "5"));
    }

    [Fact]
    public void A_new_stream_lets_go_what_waits_of_the_old_one()
    {
        Take(2);
        Assert.Equal(["2", "new 1"], _order.Take(new MessageNumber(StreamId.New(), 1), 0, "new 1"));
    }

    private IReadOnlyList<string> Take(long number) => _order.Take(new MessageNumber(Stream, number), 0, $"{number}");
}
