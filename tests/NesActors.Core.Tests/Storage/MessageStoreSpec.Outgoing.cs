using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage;

namespace NesActors.Core.Tests.Storage;

public abstract partial class MessageStoreSpec
{
    [Fact]
    public async Task A_message_queued_twice_is_there_once()
    {
        var id = MessageId.New(Clock);
        var message = new Message(Me, Amy, Clock.GetUtcNow(), "hello");
        Assert.True((await Store.QueueAsync(id, message, default)).IsNew);
        Assert.False((await Store.QueueAsync(id, message, default)).IsNew);
        Assert.Single((await EventsAsync(0, Store.LastCursor)).OfType<MessageStateChanged>());
        Assert.Single(await Store.OutboxAsync(default));
    }

    [Fact]
    public async Task The_outbox_holds_what_is_not_settled_in_the_order_in_which_it_was_queued()
    {
        var ids = new List<MessageId>();
        for (var i = 0; i < 4; i++) ids.Add(await QueueAsync($"text {i}", i % 2 == 0 ? Amy : Cat));
        await Store.AdvanceAsync(ids[1], MessageState.Published, SendFailure.None, null, default);
        await Store.AdvanceAsync(ids[2], MessageState.Failed, SendFailure.Refused, "no", default);
        var outbox = await Store.OutboxAsync(default);
        Assert.Equal([ids[0], ids[3]], outbox.Select(entry => entry.Message.Id));
        Assert.Equal(["text 0", "text 3"], outbox.Select(entry => entry.Message.Text));
        Assert.All(outbox, entry => Assert.Null(entry.Frame));
        Assert.All(outbox, entry => Assert.False(entry.MayHaveLeft));
    }

    [Fact]
    public async Task The_outbox_keeps_the_bytes_that_may_have_left_and_knows_when_they_have_not()
    {
        var id = await QueueAsync("hello");
        var frame = new OutgoingFrame(new byte[] { 1, 2, 3 }, new Fingerprint("01")) { Content = new byte[] { 4, 5 }, ContentHash = new byte[] { 6 } };
        await Store.StoreFrameAsync(id, frame, default);
        var entry = Assert.Single(await Store.OutboxAsync(default));
        Assert.True(entry.MayHaveLeft);
        Assert.Equal(new Fingerprint("01"), entry.Frame!.Recipient);
        Assert.Equal([1, 2, 3], entry.Frame.Bytes.ToArray());
        Assert.Equal([4, 5], entry.Frame.Content.ToArray());
        Assert.Equal([6], entry.Frame.ContentHash.ToArray());

        await Store.NotSentAsync(id, default);
        entry = Assert.Single(await Store.OutboxAsync(default));
        Assert.False(entry.MayHaveLeft);
        Assert.Equal([1, 2, 3], entry.Frame!.Bytes.ToArray());
    }

    [Fact]
    public async Task Of_a_message_that_is_settled_no_bytes_are_kept()
    {
        var id = await QueueAsync("hello");
        await Store.AdvanceAsync(id, MessageState.Failed, SendFailure.Withdrawn, null, default);
        await Store.StoreFrameAsync(id, new OutgoingFrame(new byte[] { 1 }, new Fingerprint("01")), default);
        await Store.NotSentAsync(id, default);
        Assert.Empty(await Store.OutboxAsync(default));
    }

    [Fact]
    public async Task How_far_a_message_has_come_is_kept_and_logged()
    {
        var id = await QueueAsync("hello");
        await Store.AdvanceAsync(id, MessageState.Failed, SendFailure.UnknownUser, "why", default);
        var message = await Store.FindAsync(id, default);
        Assert.Equal((MessageState.Failed, SendFailure.UnknownUser, "why", "hello"), (message!.State, message.Failure, message.Detail, message.Text));
        var events = await EventsAsync(0, Store.LastCursor);
        Assert.Equal([MessageState.Queued, MessageState.Failed], events.OfType<MessageStateChanged>().Select(changed => changed.Message.State));
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Store.AdvanceAsync(MessageId.New(Clock), MessageState.Published, SendFailure.None, null, default));
    }
}
