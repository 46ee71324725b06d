using NesActors.Contracts;
using NesActors.Contracts.Transport;

namespace NesActors.Core.Tests.Storage;

public abstract partial class MessageStoreSpec
{
    [Fact]
    public async Task Every_reader_sees_every_event_and_reading_consumes_nothing()
    {
        for (var i = 0; i < 5; i++) await ReceiveAsync($"text {i}");
        for (var reader = 0; reader < 2; reader++) Assert.Equal([3L, 4, 5], (await EventsAsync(2, 5)).Select(item => item.Cursor));
        Assert.Equal(5, Store.LastCursor);
    }

    [Fact]
    public async Task Readers_that_come_and_read_while_much_is_written_miss_nothing_and_see_nothing_twice()
    {
        const int Count = 3000;
        using var limit = new CancellationTokenSource(Patience);
        var readers = Enumerable.Range(0, 4).Select(reader => Task.Run(
            async () =>
            {
                var cursors = new List<long>();
                await foreach (var item in Store.EventsAsync(reader * 100, limit.Token))
                {
                    cursors.Add(item.Cursor);
                    if (item.Cursor == Count) break;
                }
                Assert.Equal(Enumerable.Range((reader * 100) + 1, Count - (reader * 100)).Select(cursor => (long)cursor), cursors);
            },
            limit.Token)).ToList();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(
            async () =>
            {
                for (var i = 0; i < Count / 4; i++) await Store.LogConnectionAsync(ConnectionState.Online, null, $"{writer}/{i}", limit.Token);
            },
            limit.Token)));
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task A_page_tells_where_it_ends_and_how_far_the_log_has_come()
    {
        for (var i = 0; i < 5; i++) await ReceiveAsync($"text {i}");
        await Store.LogConnectionAsync(ConnectionState.Online, null, null, default);

        AssertPage(await Store.EventPageAsync(1, 3, arrivalsOnly: false, default), [2, 3, 4], 4, 6);
        AssertPage(await Store.EventPageAsync(4, 3, arrivalsOnly: false, default), [5, 6], 6, 6);
        AssertPage(await Store.EventPageAsync(9, 3, arrivalsOnly: false, default), [], 9, 6);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.EventPageAsync(0, 0, arrivalsOnly: false, default));
    }

    [Fact]
    public async Task A_page_of_arrivals_passes_over_the_rest()
    {
        for (var i = 0; i < 100; i++) await Store.LogConnectionAsync(ConnectionState.Online, null, null, default);
        await ReceiveAsync("one");
        await Store.LogConnectionAsync(ConnectionState.Reconnecting, null, null, default);
        await ReceiveAsync("two");
        await Store.LogConnectionAsync(ConnectionState.Online, null, null, default);

        AssertPage(await Store.EventPageAsync(0, 1, arrivalsOnly: true, default), [101], 101, 104);
        AssertPage(await Store.EventPageAsync(101, 2, arrivalsOnly: true, default), [103], 104, 104);
    }

    [Fact]
    public async Task A_page_passes_over_what_was_deleted()
    {
        var deleted = await ReceiveAsync("one");
        await ReceiveAsync("two");
        await Store.DeleteMessageAsync(deleted!.Id, default);

        AssertPage(await Store.EventPageAsync(0, 10, arrivalsOnly: true, default), [2], Store.LastCursor, Store.LastCursor);
        await Store.DeleteConversationAsync(Amy, default);
        AssertPage(await Store.EventPageAsync(0, 10, arrivalsOnly: true, default), [], Store.LastCursor, Store.LastCursor);
    }

    [Fact]
    public async Task A_reader_waits_for_what_is_to_come()
    {
        await using var reader = Store.EventsAsync(0, default).GetAsyncEnumerator();
        var next = reader.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        await ReceiveAsync("hello");
        Assert.True(await next.WaitAsync(Patience));
        Assert.Equal("hello", Assert.IsType<MessageReceived>(reader.Current).Message.Text);
    }

    [Fact]
    public async Task The_log_tells_of_the_connection_with_its_failure()
    {
        await Store.LogConnectionAsync(ConnectionState.Reconnecting, TransportFailure.Untrusted, "who are you?", default);
        var changed = Assert.IsType<ConnectionChanged>(Assert.Single(await EventsAsync(0, 1)));
        Assert.Equal((ConnectionState.Reconnecting, TransportFailure.Untrusted, "who are you?"), (changed.State, changed.Failure, changed.Detail));
    }

    [Fact]
    public async Task History_comes_in_pages_oldest_first()
    {
        for (var i = 0; i < 10; i++) await ReceiveAsync($"text {i}");
        await ReceiveAsync("of somebody else", Cat);
        var last = await Store.HistoryAsync(Amy, null, null, 3, default);
        Assert.Equal(["text 7", "text 8", "text 9"], last.Select(message => message.Text));
        var before = await Store.HistoryAsync(Amy, last[0].Id, null, 3, default);
        Assert.Equal(["text 4", "text 5", "text 6"], before.Select(message => message.Text));
        Assert.Empty(await Store.HistoryAsync(Amy, MessageId.New(Clock), null, 3, default));
        var after = await Store.HistoryAsync(Amy, null, before[0].Id, 3, default);
        Assert.Equal(["text 5", "text 6", "text 7"], after.Select(message => message.Text));
        Assert.Equal(["text 5", "text 6"], (await Store.HistoryAsync(Amy, last[0].Id, before[0].Id, 3, default)).Select(message => message.Text));
        Assert.Empty(await Store.HistoryAsync(Amy, null, last[^1].Id, 3, default));
        Assert.Empty(await Store.HistoryAsync(Amy, before[0].Id, last[0].Id, 3, default));
        Assert.Empty(await Store.HistoryAsync(Amy, null, MessageId.New(Clock), 3, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.HistoryAsync(Amy, null, null, 0, default));
    }

    [Fact]
    public async Task Searching_finds_the_newest_first_whatever_the_case()
    {
        for (var i = 0; i < 200; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await ReceiveAsync(i % 50 == 0 ? $"Ein Äpfelchen {i}" : $"nothing {i}", i == 100 ? Cat : Amy);
        }

        var found = await Store.SearchAsync("äPFEL", null, null, 3, default);
        Assert.Equal(["Ein Äpfelchen 150", "Ein Äpfelchen 100", "Ein Äpfelchen 50"], found.Select(message => message.Text));
        Assert.Equal(["Ein Äpfelchen 0"], (await Store.SearchAsync("äPFEL", null, found[2].Id, 3, default)).Select(message => message.Text));
        Assert.Equal(["Ein Äpfelchen 100"], (await Store.SearchAsync("äPFEL", Cat, null, 3, default)).Select(message => message.Text));
        Assert.Empty(await Store.SearchAsync("pears", null, null, 3, default));
    }

    [Fact]
    public async Task Searching_can_be_stopped()
    {
        await ReceiveAsync("hello");
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.SearchAsync("hello", null, null, 1, stopped.Token));
    }

    private static void AssertPage(EventPage page, IEnumerable<long> cursors, long position, long newest)
    {
        Assert.Equal(cursors, page.Events.Select(item => item.Cursor));
        Assert.Equal((position, newest), (page.Position, page.Newest));
    }
}
