using NesActors.Contracts;

namespace NesActors.Core.Tests.Storage;

public abstract partial class MessageStoreSpec
{
    [Fact]
    public async Task A_deleted_message_is_gone_from_history_and_log_and_its_repeat_is_still_known()
    {
        await ReceiveAsync("one");
        var two = await ReceiveAsync("two");
        Assert.True(await Store.DeleteMessageAsync(two!.Id, default));
        Assert.False(await Store.DeleteMessageAsync(two.Id, default));
        Assert.Null(await Store.FindAsync(two.Id, default));
        Assert.Equal(["one"], (await Store.HistoryAsync(Amy, null, null, 10, default)).Select(message => message.Text));
        Assert.Equal(["one"], (await EventsAsync(0, Store.LastCursor)).OfType<MessageReceived>().Select(received => received.Message.Text));
        Assert.Equal(1, (await Store.ContactAsync(Amy, default)).Unread);
        Assert.Null(await ReceiveAsync("two"));
    }

    [Fact]
    public async Task A_deleted_conversation_leaves_other_contacts_and_what_waits_to_go_out()
    {
        await Task.WhenAll(Enumerable.Range(0, 700).Select(i => ReceiveAsync($"text {i}")));
        var waiting = await QueueAsync("waits");
        await ReceiveAsync("of somebody else", Cat);
        Assert.Equal(700, await Store.DeleteConversationAsync(Amy, default));
        Assert.Equal(0, await Store.DeleteConversationAsync(Amy, default));
        Assert.Equal(waiting, Assert.Single(await Store.HistoryAsync(Amy, null, null, 10, default)).Id);
        Assert.False(await Store.DeleteMessageAsync(waiting, default));
        Assert.Single(await Store.OutboxAsync(default));
        Assert.Single(await Store.HistoryAsync(Cat, null, null, 10, default));
        Assert.Equal(0, (await Store.ContactAsync(Amy, default)).Unread);
    }

    [Fact]
    public async Task Messages_with_a_contact_disappear_after_the_time_that_was_set()
    {
        await ReceiveAsync("old");
        await ReceiveAsync("old, of somebody else", Cat);
        Clock.Advance(TimeSpan.FromMinutes(50));
        await ReceiveAsync("new");
        await Store.DisappearAsync(Amy, TimeSpan.FromMinutes(30), default);
        Assert.Equal(["new"], (await Store.HistoryAsync(Amy, null, null, 10, default)).Select(message => message.Text));
        Assert.Single(await Store.HistoryAsync(Cat, null, null, 10, default));
        await Store.DisappearAsync(Amy, null, default);
        Clock.Advance(TimeSpan.FromDays(400));
        Assert.Single(await Store.HistoryAsync(Amy, null, null, 10, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.DisappearAsync(Amy, TimeSpan.Zero, default));
    }
}
