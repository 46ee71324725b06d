using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Storage;

namespace NesActors.Core.Tests.Storage;

/// <summary>What every message store promises. Subclass it once for each.</summary>
public abstract partial class MessageStoreSpec : IAsyncLifetime
{
    protected const int SpoolCapacity = 1600;
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    protected static readonly Username Me = Username.Parse("ben");
    protected static readonly Username Amy = Username.Parse("amy");
    protected static readonly Username Cat = Username.Parse("cat");

    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UnixEpoch.AddYears(56));

    protected IMessageStore Store { get; private set; } = null!;

    public virtual Task InitializeAsync()
    {
        Store = Create();
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    /// <summary>Closes the store and opens it again, as the next session does.</summary>
    protected async Task RestartAsync()
    {
        await Store.DisposeAsync();
        Store = Create();
    }

    /// <summary>Makes a store that is empty, with room for <see cref="SpoolCapacity"/> bytes of frames.</summary>
    protected abstract IMessageStore Create();

    [Fact]
    public async Task The_spool_takes_no_more_bytes_than_it_may()
    {
        var first = Assert.Single(await SpoolAsync(new byte[900]));
        Assert.Empty(await SpoolAsync(new byte[900]));
        await Store.DropAsync(first, default);
        Assert.Single(await SpoolAsync(new byte[900]));
        Assert.Equal(1, Store.SpoolCount);
    }

    [Fact]
    public async Task The_spool_takes_of_several_frames_as_many_as_fit_from_the_first()
    {
        var ids = await Store.SpoolAsync([new byte[700], new byte[700], new byte[700], new byte[1]], default);
        Assert.Equal(2, ids.Count);
        Assert.True(ids[0].Value < ids[1].Value);
        Assert.Equal(2, Store.SpoolCount);
    }

    [Fact]
    public async Task One_frame_always_fits_however_large()
    {
        Assert.Single(await SpoolAsync(new byte[10_000]));
        Assert.Empty(await SpoolAsync(new byte[1]));
    }

    [Fact]
    public async Task The_spool_gives_its_frames_back_in_the_order_in_which_they_came()
    {
        for (byte i = 1; i <= 5; i++) await SpoolAsync([i]);
        var first = await Store.SpooledAsync(default, 3, default);
        Assert.Equal([1, 2, 3], first.Select(frame => frame.Frame.Span[0]));
        await Store.DropAsync(first[1].Id, default);
        Assert.Equal([4, 5], (await Store.SpooledAsync(first[2].Id, 3, default)).Select(frame => frame.Frame.Span[0]));
        Assert.Equal([1, 3, 4, 5], (await Store.SpooledAsync(default, 10, default)).Select(frame => frame.Frame.Span[0]));
    }

    [Fact]
    public async Task Removing_a_frame_twice_removes_no_other()
    {
        var id = (await SpoolAsync(new byte[1])).Single();
        await Store.DropAsync(id, default);
        await SpoolAsync(new byte[1]);
        await Store.DropAsync(id, default);
        Assert.Equal(1, Store.SpoolCount);
    }

    [Fact]
    public async Task A_stranger_has_a_small_part_of_the_spool_and_loses_the_oldest_frames_beyond_it()
    {
        var ids = new List<SpoolId>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await SpoolAsync(new byte[40])).Single());
            Assert.Equal(i < 2 ? [] : [ids[0]], await Store.HoldAsync(ids[i], Cat, default));
        }

        Assert.Equal(ids[1..], (await Store.SpooledAsync(default, 10, default)).Select(frame => frame.Id));
    }

    [Fact]
    public async Task Strangers_together_leave_half_of_the_spool_to_others()
    {
        for (var i = 0; i < 16; i++) Assert.Equal(i < 8 ? 0 : 1, (await HoldAsync(Username.Parse($"stranger-{i}"), 100)).Count);
        Assert.Equal(8, Store.SpoolCount);
        Assert.Single(await SpoolAsync(new byte[800]));
    }

    [Fact]
    public async Task The_same_content_is_stored_once_and_leaves_the_spool_both_times()
    {
        Assert.NotNull(await ReceiveAsync("hello"));
        Assert.Null(await ReceiveAsync("hello"));
        Assert.Equal(0, Store.SpoolCount);
        Assert.Single(await Store.HistoryAsync(Amy, null, null, 10, default));
    }

    [Fact]
    public async Task The_same_content_of_another_sender_is_another_message()
    {
        Assert.NotNull(await ReceiveAsync("hello", Amy));
        Assert.NotNull(await ReceiveAsync("hello", Cat));
    }

    [Fact]
    public async Task A_received_message_is_kept_with_all_that_was_found_out_about_it()
    {
        var id = (await SpoolAsync(new byte[1])).Single();
        var sentAt = Clock.GetUtcNow().AddDays(-40);
        var message = new Message(Amy, Me, sentAt, "Grüße 日本 👋 \0");
        var stored = await Store.ReceiveAsync(id, new ReceivedContent(message, new byte[32], true, true), default);
        Assert.Equal(("Grüße 日本 👋 \0", sentAt, true, true), (stored!.Text, stored.SentAt, stored.UnderChangedKey, stored.IsOutOfTime));
        Assert.Equal(stored, await Store.FindAsync(stored.Id, default));
        Assert.Equal(stored, Assert.Single(await Store.HistoryAsync(Amy, null, null, 1, default)));
    }

    [Fact]
    public async Task What_came_is_unread_until_it_is_read()
    {
        await ReceiveAsync("one");
        await ReceiveAsync("two");
        Assert.Equal(2, (await Store.ContactAsync(Amy, default)).Unread);
        await Store.MarkReadAsync(Amy, null, default);
        await Store.MarkReadAsync(Amy, null, default);
        Assert.Equal(0, Assert.Single(await Store.ContactsAsync(default)).Unread);
        Assert.All(await Store.HistoryAsync(Amy, null, null, 10, default), message => Assert.Equal(MessageState.Read, message.State));
        Assert.Equal(3, Store.LastCursor);
    }

    [Fact]
    public async Task What_was_not_read_is_told_in_the_order_of_its_arrival()
    {
        await ReceiveAsync("one");
        await ReceiveAsync("two", Cat);
        await ReceiveAsync("three");
        var unread = await Store.UnreadAsync(2, default);
        Assert.Equal(["one", "two"], unread.Select(received => received.Message.Text));
        await foreach (var happened in Store.EventsAsync(0, default))
        {
            if (happened.Cursor == unread[1].Cursor) Assert.Equal(unread[1], happened);
            if (happened.Cursor >= unread[1].Cursor) break;
        }
    }

    [Fact]
    public async Task Is_read_up_to_a_message()
    {
        await ReceiveAsync("one");
        await ReceiveAsync("two");
        await ReceiveAsync("three", Cat);
        var first = (await Store.UnreadAsync(1, default))[0].Message;
        await Store.MarkReadAsync(Amy, first.Id, default);
        Assert.Equal(["two", "three"], (await Store.UnreadAsync(10, default)).Select(received => received.Message.Text));
        Assert.Equal(1, (await Store.ContactAsync(Amy, default)).Unread);
    }

    [Fact]
    public async Task Contacts_are_those_talked_to_and_those_whose_keys_were_seen_by_name()
    {
        await Store.SeeKeysAsync(Cat, new ShownKeys(new Fingerprint("01"), Vouching.Plain), default);
        await QueueAsync("hello");
        var dan = Username.Parse("dan");
        await ReceiveAsync("hello", dan);
        var contacts = await Store.ContactsAsync(default);
        Assert.Equal([Amy, Cat, dan], contacts.Select(contact => contact.User));
        Assert.Equal([TrustState.Unseen, TrustState.Pinned, TrustState.Unseen], contacts.Select(contact => contact.Trust));
        Assert.Equal([0, 0, 1], contacts.Select(contact => contact.Unread));
        Assert.Equal(TrustState.Unseen, (await Store.ContactAsync(Username.Parse("nobody"), default)).Trust);
    }

    [Fact]
    public async Task Keys_are_pinned_once_then_others_are_on_offer_until_accepted()
    {
        await Store.SeeKeysAsync(Amy, new ShownKeys(new Fingerprint("01"), Vouching.Plain), default);
        await Store.SeeKeysAsync(Amy, new ShownKeys(new Fingerprint("01"), Vouching.Plain), default);
        Assert.Equal(TrustState.Changed, (await Store.SeeKeysAsync(Amy, new ShownKeys(new Fingerprint("02"), Vouching.Plain), default)).Trust);
        Assert.Null(await Store.ChangeContactAsync(Amy, new ContactChange.AcceptKeys(new Fingerprint("03")), default));
        Assert.Equal(new Fingerprint("02"), (await Store.ChangeContactAsync(Amy, new ContactChange.AcceptKeys(new Fingerprint("02")), default))!.Pinned);
        Assert.Equal(3, Store.LastCursor);
    }

    protected async Task<StoredMessage?> ReceiveAsync(string text, Username? from = null)
    {
        var id = (await SpoolAsync(new byte[1])).Single();
        var message = new Message(from ?? Amy, Me, Clock.GetUtcNow(), text);
        return await Store.ReceiveAsync(id, new ReceivedContent(message, SHA256.HashData(Encoding.UTF8.GetBytes(text)), false, false), default);
    }

    protected Task<IReadOnlyList<SpoolId>> SpoolAsync(byte[] frame) => Store.SpoolAsync([frame], default);

    protected async Task<MessageId> QueueAsync(string text, Username? to = null)
    {
        var id = MessageId.New(Clock);
        await Store.QueueAsync(id, new Message(Me, to ?? Amy, Clock.GetUtcNow(), text), default);
        return id;
    }

    /// <summary>The events behind a cursor up to another.</summary>
    protected async Task<IReadOnlyList<MessengerEvent>> EventsAsync(long after, long until)
    {
        using var limit = new CancellationTokenSource(Patience);
        var events = new List<MessengerEvent>();
        await foreach (var item in Store.EventsAsync(after, limit.Token))
        {
            events.Add(item);
            if (item.Cursor >= until) break;
        }

        return events;
    }

    private async Task<IReadOnlyList<SpoolId>> HoldAsync(Username sender, int size)
    {
        var id = (await SpoolAsync(new byte[size])).Single();
        return await Store.HoldAsync(id, sender, default);
    }
}
