using NesActors.Contracts;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Tests.Storage;

public abstract partial class MessageStoreSpec
{
    [Fact]
    public async Task A_message_names_the_one_that_was_sent_before_it()
    {
        Assert.Empty(await PreviousOfAsync("one", asPublished: true));
        Assert.Equal(FrameOf("one").ContentHash.ToArray(), await PreviousOfAsync("two", asPublished: true));
        Assert.Empty((await Store.NumberAsync(await QueueAsync("to another", Cat), default)).Previous.ToArray());
        Assert.Equal(FrameOf("two").ContentHash.ToArray(), await PreviousOfAsync("three", asPublished: false));
    }

    [Fact]
    public async Task A_message_asked_for_again_names_the_same_one_before_it()
    {
        await PublishAsync("one");
        var id = await QueueAsync("two");
        var first = await Store.NumberAsync(id, default);
        Assert.Equal(first.Previous.ToArray(), (await Store.NumberAsync(id, default)).Previous.ToArray());
    }

    [Fact]
    public async Task What_never_left_is_named_by_nobody_and_what_was_sent_in_its_place_is()
    {
        await PublishAsync("one");
        var id = await QueueAsync("never left");
        await Store.NumberAsync(id, default);
        await Store.StoreFrameAsync(id, FrameOf("never left"), default);
        await Store.NotSentAsync(id, default);
        await Store.AdvanceAsync(id, MessageState.Failed, SendFailure.KeyChanged, null, default);
        Assert.Equal(FrameOf("one").ContentHash.ToArray(), await PreviousOfAsync("two", asPublished: true));
        Assert.Equal(FrameOf("two").ContentHash.ToArray(), await PreviousOfAsync("three", asPublished: true));
    }

    [Theory]
    [InlineData(MessageState.Unknown, SendFailure.None)]
    [InlineData(MessageState.Failed, SendFailure.Refused)]
    public async Task What_may_have_left_is_named(MessageState state, SendFailure failure)
    {
        var id = await QueueAsync("may have left");
        await Store.NumberAsync(id, default);
        await Store.StoreFrameAsync(id, FrameOf("may have left"), default);
        await Store.AdvanceAsync(id, state, failure, null, default);
        Assert.Equal(FrameOf("may have left").ContentHash.ToArray(), await PreviousOfAsync("two", asPublished: true));
    }

    [Fact]
    public async Task What_was_confirmed_before_the_broker_did_is_named()
    {
        var id = await QueueAsync("one");
        var number = await NumberAsync(id);
        await Store.StoreFrameAsync(id, FrameOf("one"), default);
        await Store.ConfirmAsync(Amy, new Acknowledgement(number.Stream, 1, []), default);
        Assert.Equal(FrameOf("one").ContentHash.ToArray(), await PreviousOfAsync("two", asPublished: true));
    }

    [Fact]
    public async Task A_new_numbering_begins_a_new_chain()
    {
        var (_, number) = await PublishAsync("one");
        await Store.ConfirmAsync(Amy, new Acknowledgement(number.Stream, 5, []), default);
        Assert.Empty(await PreviousOfAsync("first of the new", asPublished: false));
        Assert.Empty(await PreviousOfAsync("second", asPublished: false));
    }

    [Fact]
    public async Task Messages_that_each_follow_what_arrived_before_them_break_nothing_in_any_order_and_as_repeats()
    {
        foreach (var (number, text, previous) in new[] { (1, "one", ""), (2, "two", "one"), (4, "four", "three"), (5, "five", "four"), (2, "two", "one"), (3, "three", "two"), (6, "six", "five") })
            Assert.False(await BreaksAsync(number, text, previous));
    }

    [Fact]
    public async Task A_message_after_another_than_arrived_here_breaks_the_chain()
    {
        Assert.False(await BreaksAsync(1, "one", ""));
        Assert.True(await BreaksAsync(2, "two", "another one"));
        // It goes on from what arrived.
        Assert.False(await BreaksAsync(3, "three", "two"));
        Assert.False(await BreaksAsync(5, "five", "four"));
        Assert.True(await BreaksAsync(6, "six", "another five"));
    }

    [Fact]
    public async Task What_is_not_known_breaks_nothing()
    {
        Assert.False(await BreaksAsync(1, "one", "zero"));
        Assert.False(await BreaksAsync(2, "two", ""));
        Assert.False(await BreaksAsync(4, "beyond a gap", "three"));
        Assert.False(await BreaksAsync(1, "under a number that is over", "another zero"));
    }

    /// <summary>Queues a message and publishes it, or waits with it until it has failed.</summary>
    private async Task<byte[]> PreviousOfAsync(string text, bool asPublished)
    {
        var id = await QueueAsync(text);
        var place = await Store.NumberAsync(id, default);
        if (asPublished) await Store.StoreFrameAsync(id, FrameOf(text), default);
        await Store.AdvanceAsync(id, asPublished ? MessageState.Published : MessageState.Failed, asPublished ? SendFailure.None : SendFailure.Withdrawn, null, default);
        return place.Previous.ToArray();
    }

    private async Task<bool> BreaksAsync(long number, string text, string previous)
    {
        var id = Assert.Single(await SpoolAsync(new byte[10]));
        var delivery = new Contracts.Delivery { Stream = Theirs, Sequence = number, Previous = previous.Length == 0 ? default : FrameOf(previous).ContentHash };
        var message = new Message(Amy, Me, Clock.GetUtcNow(), text) { Delivery = delivery };
        var stored = await Store.ReceiveAsync(id, new ReceivedContent(message, FrameOf(text).ContentHash, UnderChangedKey: false, IsOutOfTime: false), default);
        if (stored is null) return false;
        var kept = (await Store.FindAsync(stored.Id, default))!;
        Assert.Equal(stored.BreaksChain, kept.BreaksChain);
        return kept.BreaksChain;
    }
}
