using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;

namespace NesActors.Core.Tests.Storage;

/// <summary>What the person decides about contacts.</summary>
public abstract partial class MessageStoreSpec
{
    private static readonly Fingerprint FirstKeys = new("01");
    private static readonly Fingerprint SecondKeys = new("02");

    [Fact]
    public async Task Who_is_written_to_is_accepted_and_that_is_logged_before_the_message()
    {
        await QueueAsync("hello");
        await QueueAsync("hello again");
        Assert.Equal(ContactStanding.Accepted, (await Store.ContactAsync(Amy, default)).Standing);
        var events = await EventsAsync(0, Store.LastCursor);
        Assert.Equal([typeof(ContactChanged), typeof(MessageStateChanged), typeof(MessageStateChanged)], events.Select(item => item.GetType()));
        Assert.Equal(ContactStanding.Accepted, ((ContactChanged)events[0]).Contact.Standing);
    }

    [Fact]
    public async Task What_a_stranger_sends_is_a_request_and_stays_one()
    {
        var request = await ReceiveAsync("may I?");
        await Store.ChangeContactAsync(Amy, new ContactChange.Accept(), default);
        var message = await ReceiveAsync("thank you");
        Assert.Equal((true, false), (request!.IsRequest, message!.IsRequest));
        Assert.Equal([true, false], (await Store.HistoryAsync(Amy, null, null, 10, default)).Select(stored => stored.IsRequest));
    }

    [Fact]
    public async Task A_decision_is_logged_once_however_often_it_is_made()
    {
        var blocked = await Store.ChangeContactAsync(Amy, new ContactChange.Block(), default);
        Assert.Equal(ContactStanding.Blocked, blocked!.Standing);
        Assert.Equal(blocked, await Store.ChangeContactAsync(Amy, new ContactChange.Block(), default));
        Assert.Equal(blocked, ((ContactChanged)Assert.Single(await EventsAsync(0, Store.LastCursor))).Contact);
        Assert.Equal([blocked], await Store.ContactsAsync(default));
    }

    [Fact]
    public async Task A_decision_that_does_not_apply_changes_nothing()
    {
        Assert.Null(await Store.ChangeContactAsync(Amy, new ContactChange.Verify(FirstKeys, true), default));
        Assert.Equal(0, Store.LastCursor);
        Assert.Empty(await Store.ContactsAsync(default));
    }

    [Fact]
    public async Task All_that_is_decided_is_kept()
    {
        await Store.SeeKeysAsync(Amy, new ShownKeys(FirstKeys, Vouching.Proved), default);
        foreach (var change in (ContactChange[])[new ContactChange.Rename("Amy 🦊"), new ContactChange.Verify(FirstKeys, true), new ContactChange.SendReadReceipts(false), new ContactChange.SendDeliveryReceipts(false), new ContactChange.Accept()])
        {
            Assert.NotNull(await Store.ChangeContactAsync(Amy, change, default));
        }
        Assert.Equal(
            new Contact(Amy, TrustState.Pinned, FirstKeys, null, 0)
            {
                Vouched = Vouching.Proved,
                IsVerified = true,
                Alias = "Amy 🦊",
                ReadReceipts = false,
                DeliveryReceipts = false,
                Standing = ContactStanding.Accepted,
            },
            await Store.ContactAsync(Amy, default));
    }

    [Fact]
    public async Task Keys_that_the_pinned_ones_signed_for_are_pinned_in_their_place()
    {
        await Store.SeeKeysAsync(Amy, new ShownKeys(FirstKeys, Vouching.Proved), default);
        var followed = await Store.SeeKeysAsync(Amy, new ShownKeys(SecondKeys, Vouching.Proved) { ChangedBy = FirstKeys }, default);
        Assert.Equal((SecondKeys, PinOrigin.SignedChange), (followed.Pinned!.Value, followed.PinnedBy));
        Assert.Equal(2, Store.LastCursor);
    }

    [Fact]
    public async Task Of_somebody_forgotten_nothing_is_left_but_what_repeats_are_recognised_by()
    {
        await Store.SeeKeysAsync(Amy, new ShownKeys(FirstKeys, Vouching.Plain), default);
        await ReceiveAsync("hello");
        await PublishAsync("hi");
        await Store.DisappearAsync(Amy, TimeSpan.FromDays(1), default);
        await Store.ChangeContactAsync(Amy, new ContactChange.Rename("Amy B."), default);

        var forgotten = await Store.ChangeContactAsync(Amy, new ContactChange.Forget(), default);

        Assert.Equal(new Contact(Amy, TrustState.Unseen, null, null, 0), forgotten);
        Assert.Equal(forgotten, await Store.ContactAsync(Amy, default));
        Assert.Empty(await Store.ContactsAsync(default));
        Assert.Empty(await Store.HistoryAsync(Amy, null, null, 10, default));
        Assert.Empty(await Store.UnconfirmedAsync(Amy, 10, default));
        Assert.Equal(forgotten, ((ContactChanged)(await EventsAsync(Store.LastCursor - 1, Store.LastCursor))[0]).Contact);
        Assert.Null(await ReceiveAsync("hello"));
        Assert.NotNull(await ReceiveAsync("hello again"));
        Clock.Advance(TimeSpan.FromDays(2));
        Assert.Single(await Store.HistoryAsync(Amy, null, null, 10, default));
    }

    [Fact]
    public async Task However_much_was_said_it_is_forgotten()
    {
        await Task.WhenAll(Enumerable.Range(0, 600).Select(i => ReceiveAsync($"text {i}")));
        Assert.Equal(0, (await Store.ChangeContactAsync(Amy, new ContactChange.Forget(), default))!.Unread);
        Assert.Empty(await Store.HistoryAsync(Amy, null, null, 10, default));
        Assert.Equal(0, (await Store.ContactAsync(Amy, default)).Unread);
    }

    [Fact]
    public async Task The_numbering_goes_on_after_somebody_was_forgotten()
    {
        var (_, before) = await PublishAsync("hello");
        await Store.ChangeContactAsync(Amy, new ContactChange.Forget(), default);
        var (_, after) = await PublishAsync("hello again");
        Assert.Equal(before with { Number = 2 }, after);
    }

    [Fact]
    public async Task Nobody_is_forgotten_to_whom_something_waits_to_go_out()
    {
        await ReceiveAsync("hello");
        await QueueAsync("hi");
        Assert.Null(await Store.ChangeContactAsync(Amy, new ContactChange.Forget(), default));
        Assert.Equal(2, (await Store.HistoryAsync(Amy, null, null, 10, default)).Count);
    }

    [Fact]
    public async Task Forgetting_somebody_unknown_is_no_event()
    {
        Assert.NotNull(await Store.ChangeContactAsync(Amy, new ContactChange.Forget(), default));
        Assert.Equal(0, Store.LastCursor);
    }

    [Fact]
    public async Task Remembers_when_somebody_was_doubted_last()
    {
        await Store.SeeKeysAsync(Amy, new ShownKeys(FirstKeys, Vouching.Plain), default);
        Assert.Null(await Store.DoubtedAsync(Amy, default));
        await Store.DoubtAsync(Amy, default);
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Clock.GetUtcNow() - TimeSpan.FromHours(1), await Store.DoubtedAsync(Amy, default));
    }
}
