using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Delivery;

namespace NesActors.Core.Tests.Storage;

public abstract partial class MessageStoreSpec
{
    private static readonly StreamId Theirs = StreamId.New();

    [Fact]
    public async Task Messages_are_numbered_from_1_for_each_recipient_and_each_once()
    {
        var first = await NumberAsync(await QueueAsync("one"));
        var id = await QueueAsync("two");
        var second = await NumberAsync(id);
        Assert.Equal(second, await NumberAsync(id));
        Assert.Equal((1, 2, first.Stream), (first.Number, second.Number, second.Stream));
        var other = await NumberAsync(await QueueAsync("three", Cat));
        Assert.Equal(1, other.Number);
        Assert.NotEqual(first.Stream, other.Stream);
        Assert.Equal(second, (await Store.OutboxAsync(default)).Single(entry => entry.Message.Id == id).Number);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => NumberAsync(MessageId.New(Clock)));
    }

    [Fact]
    public async Task The_number_of_a_message_that_never_left_is_the_next_ones()
    {
        var id = await QueueAsync("one");
        var number = await NumberAsync(id);
        await Store.AdvanceAsync(id, MessageState.Failed, SendFailure.KeyChanged, null, default);
        Assert.Equal(number, await NumberAsync(await QueueAsync("two")));
    }

    [Fact]
    public async Task The_number_of_a_message_that_may_have_left_is_not_given_again()
    {
        var id = await QueueAsync("one");
        var number = await NumberAsync(id);
        await Store.StoreFrameAsync(id, FrameOf("one"), default);
        await Store.AdvanceAsync(id, MessageState.Failed, SendFailure.Refused, null, default);
        Assert.Equal(number.Number + 1, (await NumberAsync(await QueueAsync("two"))).Number);
    }

    [Fact]
    public async Task What_has_left_is_kept_until_it_is_confirmed_and_then_delivered()
    {
        var (id, number) = await PublishAsync("one");
        var unconfirmed = Assert.Single(await Store.UnconfirmedAsync(Amy, 10, default));
        Assert.Equal((id, number, true), (unconfirmed.Id, unconfirmed.Number, unconfirmed.IsPublished));
        Assert.Equal(FrameOf("one").Bytes.ToArray(), unconfirmed.Frame.Bytes.ToArray());
        Assert.Equal(FrameOf("one").Content.ToArray(), unconfirmed.Frame.Content.ToArray());

        await Store.ConfirmAsync(Amy, new Acknowledgement(number.Stream, 1, []), default);
        Assert.Empty(await Store.UnconfirmedAsync(Amy, 10, default));
        Assert.Equal(MessageState.Delivered, (await Store.FindAsync(id, default))!.State);
        Assert.Equal([MessageState.Queued, MessageState.Published, MessageState.Delivered], (await EventsAsync(0, Store.LastCursor)).OfType<MessageStateChanged>().Select(changed => changed.Message.State));
    }

    [Fact]
    public async Task What_is_beyond_a_gap_is_confirmed_by_its_hash_alone()
    {
        var (first, number) = await PublishAsync("one");
        var (second, _) = await PublishAsync("two");
        await Store.ConfirmAsync(Amy, new Acknowledgement(number.Stream, 0, [FrameOf("two").ContentHash]), default);
        Assert.Equal((MessageState.Published, MessageState.Delivered), (await StateAsync(first), await StateAsync(second)));
    }

    [Fact]
    public async Task Another_stream_another_contact_and_numbers_never_given_confirm_nothing()
    {
        var (id, number) = await PublishAsync("one");
        await Store.ConfirmAsync(Amy, new Acknowledgement(Theirs, 1, [FrameOf("one").ContentHash]), default);
        await Store.ConfirmAsync(Cat, new Acknowledgement(number.Stream, 1, []), default);
        await Store.ConfirmAsync(Amy, new Acknowledgement(number.Stream, 2, []), default);
        Assert.Equal(MessageState.Published, await StateAsync(id));
        // More was sent under that name than this state knows of: it is an old one.
        var next = await NumberAsync(await QueueAsync("two"));
        Assert.NotEqual(number.Stream, next.Stream);
        Assert.Equal(1, next.Number);
    }

    [Fact]
    public async Task A_confirmation_that_is_faster_than_the_brokers_counts_and_stays()
    {
        var id = await QueueAsync("one");
        var number = await NumberAsync(id);
        await Store.StoreFrameAsync(id, FrameOf("one"), default);
        await Store.ConfirmAsync(Amy, new Acknowledgement(number.Stream, 1, []), default);
        Assert.Empty(await Store.OutboxAsync(default));
        await Store.AdvanceAsync(id, MessageState.Published, SendFailure.None, null, default);
        Assert.Equal(MessageState.Delivered, await StateAsync(id));
    }

    [Fact]
    public async Task A_repeat_for_newer_keys_takes_the_place_of_the_frame()
    {
        var (id, _) = await PublishAsync("one");
        await Store.StoreFrameAsync(id, FrameOf("one") with { Bytes = new byte[] { 9 }, Recipient = new Fingerprint("02") }, default);
        var frame = Assert.Single(await Store.UnconfirmedAsync(Amy, 10, default)).Frame;
        Assert.Equal([9], frame.Bytes.ToArray());
        Assert.Equal(new Fingerprint("02"), frame.Recipient);
        Assert.Equal(FrameOf("one").Content.ToArray(), frame.Content.ToArray());
    }

    [Fact]
    public async Task A_message_that_is_deleted_is_not_sent_again()
    {
        var (id, _) = await PublishAsync("one");
        Assert.True(await Store.DeleteMessageAsync(id, default));
        Assert.Empty(await Store.UnconfirmedAsync(Amy, 10, default));
    }

    [Fact]
    public async Task What_arrived_is_remembered_by_number_also_where_it_is_a_repeat()
    {
        Assert.False((await Store.DeliveryAsync(Amy, default)).Confirms);
        await ReceiveNumberedAsync(1, "one");
        await ReceiveNumberedAsync(3, "three");
        await ReceiveNumberedAsync(3, "three");
        var arrivals = (await Store.DeliveryAsync(Amy, default)).Latest!;
        Assert.Equal((Theirs, 1L), (arrivals.Stream, arrivals.UpTo));
        Assert.Equal(3, Assert.Single(arrivals.Beyond).Number);
        await ReceiveNumberedAsync(2, "two");
        Assert.Equal(3, (await Store.DeliveryAsync(Amy, default)).Latest!.UpTo);
        Assert.True((await Store.DeliveryAsync(Amy, default)).Confirms);
    }

    [Fact]
    public async Task Nothing_is_remembered_of_a_number_under_changed_keys()
    {
        await ReceiveNumberedAsync(1, "one", underChangedKey: true);
        Assert.False((await Store.DeliveryAsync(Amy, default)).Confirms);
    }

    [Fact]
    public async Task Only_the_latest_streams_of_a_contact_are_remembered()
    {
        for (var i = 0; i < 10; i++) await ReceiveNumberedAsync(1, $"text {i}", stream: StreamId.New());
        Assert.Equal(ContactDelivery.MaxStreams, (await Store.DeliveryAsync(Amy, default)).Received.Count);
    }

    [Fact]
    public async Task Awaited_are_those_who_confirm_and_have_not_confirmed_all()
    {
        await PublishAsync("one");
        Assert.Empty(await Store.AwaitedAsync(default));
        await ReceiveNumberedAsync(1, "hello");
        Assert.Equal([Amy], await Store.AwaitedAsync(default));
    }

    [Fact]
    public async Task What_was_delivered_and_read_there_is_read()
    {
        var (first, number) = await PublishAsync("one");
        var (second, _) = await PublishAsync("two");
        var (third, _) = await PublishAsync("three");
        await Store.ConfirmAsync(Amy, new Acknowledgement(number.Stream, 2, []) { ReadUpTo = 1 }, default);
        await Store.ConfirmAsync(Amy, new Acknowledgement(Theirs, 0, []) { ReadUpTo = 2 }, default);
        await Store.ConfirmAsync(Cat, new Acknowledgement(number.Stream, 0, []) { ReadUpTo = 2 }, default);
        Assert.Equal((MessageState.Read, MessageState.Delivered, MessageState.Published), (await StateAsync(first), await StateAsync(second), await StateAsync(third)));
        await Store.ConfirmAsync(Amy, new Acknowledgement(number.Stream, 3, []) { ReadUpTo = 9 }, default);
        await Store.ConfirmAsync(Amy, new Acknowledgement(number.Stream, 3, []), default);
        await Store.AdvanceAsync(third, MessageState.Published, SendFailure.None, null, default);
        Assert.Equal((MessageState.Read, MessageState.Read, MessageState.Read), (await StateAsync(first), await StateAsync(second), await StateAsync(third)));
    }

    [Fact]
    public async Task All_before_the_first_unread_number_was_read()
    {
        Assert.Equal(0, await Store.ReadUpToAsync(Amy, Theirs, default));
        await ReceiveNumberedAsync(1, "one");
        await ReceiveNumberedAsync(2, "two");
        Assert.Equal(0, await Store.ReadUpToAsync(Amy, Theirs, default));
        await Store.MarkReadAsync(Amy, (await Store.UnreadAsync(1, default))[0].Message.Id, default);
        Assert.Equal(1, await Store.ReadUpToAsync(Amy, Theirs, default));
        await Store.MarkReadAsync(Amy, null, default);
        await ReceiveNumberedAsync(4, "beyond a gap");
        await Store.MarkReadAsync(Amy, null, default);
        Assert.Equal(2, await Store.ReadUpToAsync(Amy, Theirs, default));
    }

    private async Task<MessageNumber> NumberAsync(MessageId id) => (await Store.NumberAsync(id, default)).Number;

    private async Task<(MessageId Id, MessageNumber Number)> PublishAsync(string text)
    {
        var id = await QueueAsync(text);
        var number = await NumberAsync(id);
        await Store.StoreFrameAsync(id, FrameOf(text), default);
        await Store.AdvanceAsync(id, MessageState.Published, SendFailure.None, null, default);
        return (id, number);
    }

    private async Task ReceiveNumberedAsync(long number, string text, bool underChangedKey = false, StreamId? stream = null)
    {
        var id = Assert.Single(await SpoolAsync(new byte[10]));
        var message = new Message(Amy, Me, Clock.GetUtcNow(), text) { Delivery = new Contracts.Delivery { Stream = stream ?? Theirs, Sequence = number } };
        await Store.ReceiveAsync(id, new ReceivedContent(message, FrameOf(text).ContentHash, underChangedKey, false), default);
    }

    private async Task<MessageState> StateAsync(MessageId id) => (await Store.FindAsync(id, default))!.State;

    private static OutgoingFrame FrameOf(string text) => new(System.Text.Encoding.UTF8.GetBytes($"frame {text}"), new Fingerprint("01"))
    {
        Content = System.Text.Encoding.UTF8.GetBytes(text),
        ContentHash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)),
    };
}
