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

    [Fact]
    public async Task How_long_messages_are_kept_is_told_of_the_contact_alone_and_among_all()
    {
        await ReceiveAsync("hello");
        await ReceiveAsync("hello", Cat);
        await Store.DisappearAsync(Amy, TimeSpan.FromDays(45), default);
        Assert.Equal(TimeSpan.FromDays(45), (await Store.ContactAsync(Amy, default)).DisappearAfter);
        Assert.Null((await Store.ContactAsync(Cat, default)).DisappearAfter);
        Assert.Equal([(Amy, TimeSpan.FromDays(45)), (Cat, (TimeSpan?)null)], (await Store.ContactsAsync(default)).Select(contact => (contact.User, contact.DisappearAfter)));
        await Store.DisappearAsync(Amy, TimeSpan.FromSeconds(90.9), default);
        Assert.Equal(TimeSpan.FromSeconds(90), (await Store.ContactAsync(Amy, default)).DisappearAfter);
        await Store.DisappearAsync(Amy, null, default);
        Assert.All(await Store.ContactsAsync(default), contact => Assert.Null(contact.DisappearAfter));
    }

    [Fact]
    public async Task How_long_messages_are_kept_is_logged_where_it_changes()
    {
        foreach (var after in (TimeSpan?[])[null, TimeSpan.FromDays(1), TimeSpan.FromDays(1), TimeSpan.FromDays(2), null, null]) await Store.DisappearAsync(Amy, after, default);
        Assert.Equal(3, Store.LastCursor);
        Assert.Equal(TimeSpan.FromDays(1), (await ChangeInAsync(1)).DisappearAfter);
        await Store.DisappearAsync(Amy, TimeSpan.FromDays(3), default);
        Assert.Equal(await Store.ContactAsync(Amy, default), await ChangeInAsync(4));
    }

    [Fact]
    public async Task Somebody_of_whom_no_more_is_set_than_how_long_messages_are_kept_is_known_until_that_is_taken_back()
    {
        await Store.DisappearAsync(Amy, TimeSpan.FromDays(1), default);
        Assert.Equal([new Contact(Amy, TrustState.Unseen, null, null, 0) { DisappearAfter = TimeSpan.FromDays(1) }], await Store.ContactsAsync(default));
        var forgotten = await Store.ChangeContactAsync(Amy, new ContactChange.Forget(), default);
        Assert.Equal(new Contact(Amy, TrustState.Unseen, null, null, 0), forgotten);
        Assert.Equal(forgotten, await ChangeInAsync(2));
        await Store.DisappearAsync(Amy, TimeSpan.FromDays(1), default);
        await Store.DisappearAsync(Amy, null, default);
        Assert.Empty(await Store.ContactsAsync(default));
    }

    [Fact]
    public async Task A_file_of_contacts_changes_nothing_in_how_long_messages_are_kept()
    {
        await ReceiveAsync("hello");
        Clock.Advance(TimeSpan.FromHours(1));
        var told = new Contact(Amy, TrustState.Unseen, null, null, 0) { Alias = "Amy B.", DisappearAfter = TimeSpan.FromSeconds(1) };
        var taken = await Store.ChangeContactAsync(Amy, new ContactChange.Import(told), default);
        Assert.Equal(("Amy B.", null), (taken!.Alias, taken.DisappearAfter));
        Assert.Single(await Store.HistoryAsync(Amy, null, null, 10, default));
    }

    private async Task<Contact> ChangeInAsync(long cursor) => Assert.IsType<ContactChanged>(Assert.Single(await EventsAsync(cursor - 1, cursor))).Contact;
}
