using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Core.Storage;
using NesActors.Core.Storage.InMemory;

namespace NesActors.Core.Tests.Storage;

public sealed class InMemoryMessageStoreTests
{
    private static readonly Username Me = Username.Parse("ben");
    private static readonly Username Amy = Username.Parse("amy");
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly InMemoryMessageStore _store;

    public InMemoryMessageStoreTests() => _store = new InMemoryMessageStore(_clock, spoolCapacity: 100);

    [Fact]
    public async Task The_spool_takes_no_more_bytes_than_it_may()
    {
        var first = await _store.SpoolAsync(new byte[60], default);
        Assert.Null(await _store.SpoolAsync(new byte[60], default));
        await _store.DropAsync(first!.Value, default);
        Assert.NotNull(await _store.SpoolAsync(new byte[60], default));
    }

    [Fact]
    public async Task One_frame_always_fits_however_large()
    {
        Assert.NotNull(await _store.SpoolAsync(new byte[1000], default));
        Assert.Null(await _store.SpoolAsync(new byte[1], default));
    }

    [Fact]
    public async Task The_same_content_is_stored_once_and_leaves_the_spool_both_times()
    {
        Assert.NotNull(await ReceiveAsync("hello"));
        Assert.Null(await ReceiveAsync("hello"));
        Assert.Equal(0, _store.SpoolCount);
        Assert.Single(await _store.HistoryAsync(Amy, null, 10, default));
    }

    [Fact]
    public async Task The_same_content_of_another_sender_is_another_message()
    {
        var hash = SHA256.HashData("hello"u8);
        foreach (var sender in new[] { Amy, Username.Parse("cat3072") })
        {
            var id = (await _store.SpoolAsync(new byte[1], default))!.Value;
            Assert.NotNull(await _store.ReceiveAsync(id, new ReceivedContent(new Message(sender, Me, _clock.GetUtcNow(), "hello"), hash, false, false), default));
        }
    }

    [Fact]
    public async Task Every_reader_sees_every_event_and_reading_consumes_nothing()
    {
        for (var i = 0; i < 5; i++) await ReceiveAsync($"text {i}");
        for (var reader = 0; reader < 2; reader++)
        {
            var cursors = new List<long>();
            await foreach (var item in _store.EventsAsync(2, default))
            {
                cursors.Add(item.Cursor);
                if (item.Cursor == 5) break;
            }

            Assert.Equal([3L, 4, 5], cursors);
        }

        Assert.Equal(5, _store.LastCursor);
    }

    [Fact]
    public async Task A_reader_waits_for_what_is_to_come()
    {
        await using var reader = _store.EventsAsync(0, default).GetAsyncEnumerator();
        var next = reader.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        await ReceiveAsync("hello");
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal("hello", Assert.IsType<MessageReceived>(reader.Current).Message.Text);
    }

    [Fact]
    public async Task History_comes_in_pages_oldest_first()
    {
        for (var i = 0; i < 10; i++) await ReceiveAsync($"text {i}");
        var last = await _store.HistoryAsync(Amy, null, 3, default);
        Assert.Equal(["text 7", "text 8", "text 9"], last.Select(message => message.Text));
        var before = await _store.HistoryAsync(Amy, last[0].Id, 3, default);
        Assert.Equal(["text 4", "text 5", "text 6"], before.Select(message => message.Text));
        Assert.Empty(await _store.HistoryAsync(Amy, MessageId.New(_clock), 3, default));
    }

    [Fact]
    public async Task A_message_queued_twice_is_there_once()
    {
        var id = MessageId.New(_clock);
        var message = new Message(Me, Amy, _clock.GetUtcNow(), "hello");
        Assert.True((await _store.QueueAsync(id, message, default)).IsNew);
        Assert.False((await _store.QueueAsync(id, message, default)).IsNew);
        Assert.Equal(1, _store.LastCursor);
    }

    [Fact]
    public async Task The_oldest_messages_go_when_there_are_many()
    {
        for (var i = 0; i < 10_001; i++) await ReceiveAsync($"text {i}");
        var all = await _store.HistoryAsync(Amy, null, int.MaxValue, default);
        Assert.InRange(all.Count, 9_000, 10_000);
        Assert.Equal("text 10000", all[^1].Text);
    }

    private async Task<StoredMessage?> ReceiveAsync(string text)
    {
        var id = (await _store.SpoolAsync(new byte[1], default))!.Value;
        var message = new Message(Amy, Me, _clock.GetUtcNow(), text);
        return await _store.ReceiveAsync(id, new ReceivedContent(message, SHA256.HashData(Encoding.UTF8.GetBytes(text)), false, false), default);
    }
}
