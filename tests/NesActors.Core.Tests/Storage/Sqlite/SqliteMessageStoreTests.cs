using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Contacts;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Tests.Storage.State;

namespace NesActors.Core.Tests.Storage.Sqlite;

/// <summary>The store that lasts: what every store promises, and that it is still so after a restart.</summary>
public sealed class SqliteMessageStoreTests : MessageStoreSpec
{
    private readonly StateFolderFixture _place = new();
    private HistoryRetention _history = HistoryRetention.Forever;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task After_a_restart_everything_is_there()
    {
        var kept = await ReceiveAsync("kept");
        await Store.SeeKeysAsync(Amy, new ShownKeys(new Fingerprint("01"), Vouching.Proved), default);
        var waiting = await QueueAsync("waits");
        await Store.StoreFrameAsync(waiting, new OutgoingFrame(new byte[] { 1 }, new Fingerprint("01")) { Content = new byte[] { 2 } }, default);
        await SpoolAsync([7]);
        var last = Store.LastCursor;
        var events = await EventsAsync(0, last);

        await RestartAsync();

        Assert.Equal(last, Store.LastCursor);
        Assert.Equal([kept!, (await Store.FindAsync(waiting, default))!], await Store.HistoryAsync(Amy, null, null, 10, default));
        Assert.Equal(events.Select(item => (item.Cursor, item.At)), (await EventsAsync(0, last)).Select(item => (item.Cursor, item.At)));
        Assert.Equal(kept, Assert.IsType<MessageReceived>((await EventsAsync(0, 1))[0]).Message);
        var entry = Assert.Single(await Store.OutboxAsync(default));
        Assert.True(entry.MayHaveLeft);
        Assert.Equal([1], entry.Frame!.Bytes.ToArray());
        Assert.Equal([2], entry.Frame.Content.ToArray());
        Assert.Equal([7], Assert.Single(await Store.SpooledAsync(default, 10, default)).Frame.ToArray());
        Assert.Equal(1, Store.SpoolCount);
        var amy = await Store.ContactAsync(Amy, default);
        Assert.Equal((TrustState.Pinned, Vouching.Proved, 1), (amy.Trust, amy.Vouched, amy.Unread));
        Assert.Null(await ReceiveAsync("kept"));
    }

    [Fact]
    public async Task Cursors_go_on_after_a_restart_also_where_the_last_events_were_deleted()
    {
        await ReceiveAsync("one");
        var two = await ReceiveAsync("two");
        await Store.DeleteMessageAsync(two!.Id, default);
        var last = Store.LastCursor;
        await RestartAsync();
        Assert.Equal(last, Store.LastCursor);
        await ReceiveAsync("three");
        Assert.Equal(last + 1, Store.LastCursor);
        Assert.Equal(["one", "three"], (await EventsAsync(0, last + 1)).OfType<MessageReceived>().Select(received => received.Message.Text));
    }

    [Fact]
    public async Task A_reader_goes_from_what_is_stored_to_what_happens_without_a_seam()
    {
        await LogAsync(0, 200);
        await RestartAsync();
        await using var reader = Store.EventsAsync(0, default).GetAsyncEnumerator();
        for (var i = 0; i < 100; i++) Assert.True(await reader.MoveNextAsync());
        await LogAsync(200, 3000);
        for (var i = 100; i < 3000; i++)
        {
            Assert.True(await reader.MoveNextAsync());
            Assert.Equal($"{i}", Assert.IsType<ConnectionChanged>(reader.Current).Detail);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_are_the_same_after_a_restart(bool arrivalsOnly)
    {
        for (var i = 0; i < 5; i++)
        {
            await ReceiveAsync($"text {i}");
            await LogAsync(0, 3);
        }
        var before = await PagesAsync(arrivalsOnly);
        Assert.Equal(arrivalsOnly ? 5 : 20, before.Sum(page => page.Events.Count));

        await RestartAsync();

        var after = await PagesAsync(arrivalsOnly);
        Assert.Equal(before.Select(page => (page.Position, page.Newest)), after.Select(page => (page.Position, page.Newest)));
        Assert.Equal(before.SelectMany(page => page.Events), after.SelectMany(page => page.Events));
    }

    [Fact]
    public async Task What_another_process_logs_is_read_in_its_place()
    {
        await ReceiveAsync("ours");
        await using (var other = SqliteMessageStore.Open(_place.Folder, Clock))
        {
            await other.QueueAsync(MessageId.New(Clock), new Message(Me, Amy, Clock.GetUtcNow(), "theirs"), default);
        }
        await ReceiveAsync("ours again");
        Assert.Equal([1L, 2, 3], (await EventsAsync(0, 3)).Select(item => item.Cursor));
        Assert.Equal([2L, 3], (await EventsAsync(1, 3)).Select(item => item.Cursor));
    }

    [Fact]
    public async Task A_spool_that_is_full_is_full_after_a_restart()
    {
        await SpoolAsync(new byte[SpoolCapacity]);
        await RestartAsync();
        Assert.Empty(await SpoolAsync(new byte[1]));
    }

    [Fact]
    public async Task What_was_said_is_nowhere_in_the_files()
    {
        await ReceiveAsync("the-secret-word");
        var id = await QueueAsync("another-secret-word");
        await Store.StoreFrameAsync(id, new OutgoingFrame(new byte[] { 1 }, new Fingerprint("01")) { Content = "a-composed-word"u8.ToArray() }, default);
        await Store.SeeKeysAsync(Amy, new ShownKeys(new Fingerprint("01"), Vouching.Plain), default);
        await Store.HearAsync(Amy, new ContactCapabilities { Told = new Capabilities { Statements = new Dictionary<string, string> { ["nes2"] = "a-carried-secret-word" } } }, default);
        await Store.DisposeAsync();
        foreach (var file in System.IO.Directory.GetFiles(_place.Folder))
        {
            var content = await File.ReadAllBytesAsync(file);
            Assert.Equal(-1, content.AsSpan().IndexOf("secret-word"u8));
            Assert.Equal(-1, content.AsSpan().IndexOf("composed-word"u8));
        }
    }

    [Fact]
    public async Task Old_messages_go_after_the_days_that_were_set_and_what_waits_stays()
    {
        _history = HistoryRetention.Days(7);
        await RestartAsync();
        await ReceiveAsync("old");
        await QueueAsync("waits");
        Clock.Advance(TimeSpan.FromDays(6));
        await ReceiveAsync("new");
        await RestartAsync();
        Assert.Equal(["old", "waits", "new"], await TextsAsync());
        Clock.Advance(TimeSpan.FromDays(2));
        await RestartAsync();
        Assert.Equal(["waits", "new"], await TextsAsync());
        Assert.Empty(await Store.SearchAsync("old", null, null, 10, default));
        Assert.Null(await ReceiveAsync("old"));
    }

    [Fact]
    public async Task Old_messages_go_while_the_session_runs()
    {
        _history = HistoryRetention.Days(1);
        await RestartAsync();
        await ReceiveAsync("old");
        Clock.Advance(TimeSpan.FromHours(25));
        await SweptAsync();
        Assert.Empty(await TextsAsync());
    }

    [Fact]
    public async Task Without_history_a_message_is_shown_live_and_only_its_repeat_is_recognised_later()
    {
        _history = HistoryRetention.Off;
        await RestartAsync();
        await ReceiveAsync("live");
        Assert.Equal("live", Assert.IsType<MessageReceived>(Assert.Single(await EventsAsync(0, 1))).Message.Text);
        Assert.Empty(await TextsAsync());
        await RestartAsync();
        await Store.LogConnectionAsync(ConnectionState.Online, null, null, default);
        Assert.IsType<ConnectionChanged>(Assert.Single(await EventsAsync(0, 2)));
        Assert.Null(await ReceiveAsync("live"));
    }

    [Fact]
    public async Task Without_history_a_text_that_waits_to_go_out_is_kept_until_it_has()
    {
        _history = HistoryRetention.Off;
        await RestartAsync();
        var id = await QueueAsync("waits");
        await RestartAsync();
        Assert.Equal("waits", Assert.Single(await Store.OutboxAsync(default)).Message.Text);
        await Store.AdvanceAsync(id, MessageState.Published, SendFailure.None, null, default);
        var sent = (await Store.FindAsync(id, default))!;
        Assert.Equal((MessageState.Published, ""), (sent.State, sent.Text));
        Assert.Empty(await TextsAsync());
        Clock.Advance(TimeSpan.FromHours(2));
        await SweptAsync();
        Assert.Null(await Store.FindAsync(id, default));
    }

    protected override IMessageStore Create() =>
        SqliteMessageStore.Open(_place.Folder, Clock, new MessageStoreOptions { SpoolCapacity = SpoolCapacity, History = _history });

    private async Task<IEnumerable<string>> TextsAsync() => (await Store.HistoryAsync(Amy, null, null, 100, default)).Select(message => message.Text);

    private Task LogAsync(int first, int end) =>
        Task.WhenAll(Enumerable.Range(first, end - first).Select(i => Store.LogConnectionAsync(ConnectionState.Online, null, $"{i}", default)));

    /// <summary>Setting a time sweeps, and ends when it has.</summary>
    private Task SweptAsync() => Store.DisappearAsync(Cat, null, default);

    private async Task<IReadOnlyList<EventPage>> PagesAsync(bool arrivalsOnly)
    {
        var pages = new List<EventPage> { await Store.EventPageAsync(0, 2, arrivalsOnly, default) };
        while (pages[^1].Position < pages[^1].Newest) pages.Add(await Store.EventPageAsync(pages[^1].Position, 2, arrivalsOnly, default));
        return pages;
    }
}
