using System.Collections.Concurrent;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.Storage;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Storage.State;
using NesActors.Core.Tests.Doubles;
using NesActors.Core.Tests.Storage.State;
using NesActors.Crypto.RsaAes;
using NesActors.Testing.Vectors;

namespace NesActors.Core.Tests.Session;

/// <summary>A session that goes on with what the one before it left. Where that one was killed, it still runs here and is left out of account.</summary>
public sealed class RestartTests : SessionSpec, IDisposable
{
    private static readonly VectorUser Amy = VectorUser.Amy;
    private static readonly VectorUser Ben = VectorUser.Ben;
    private readonly StateFolderFixture _place = new();
    private readonly StateStore _state;

    public RestartTests() => _state = new StateStore(_place.Folder, Clock);

    public void Dispose()
    {
        _state.Dispose();
        _place.Dispose();
    }

    [Fact]
    public async Task What_was_queued_and_not_sent_goes_out_in_order_in_the_next_session()
    {
        var nowhere = new ScriptedNetwork();
        for (var i = 0; i < 100; i++) nowhere.Failures.Enqueue(new TransportException(TransportFailure.Unreachable, "nobody there"));
        var before = await StartAsync(Amy, nowhere.Create, state: _state);
        for (var i = 0; i < 5; i++) await before.Messenger.SendAsync(Ben.Username, $"text {i}", default);
        await before.DisposeAsync();

        var network = new ScriptedNetwork();
        var after = await StartAsync(Amy, network.Create, state: _state);
        var last = await after.Messenger.SendAsync(Ben.Username, "written after", default);
        Assert.Equal(MessageState.Published, (await after.Messenger.SettleAsync(last, Patience, default)).State);
        var published = network.NextConnection().Published;
        Assert.Equal(["text 0", "text 1", "text 2", "text 3", "text 4", "written after"], published.Select(frame => TextAtBen(frame.Frame)));
        Assert.All(await after.Messenger.HistoryAsync(Ben.Username, null, null, 10, default), message => Assert.Equal(MessageState.Published, message.State));
    }

    [Fact]
    public async Task What_may_have_left_when_the_session_was_killed_stays_unknown_and_is_not_sent_again()
    {
        var stuck = new ScriptedNetwork { OnPublish = (_, _, _) => new TaskCompletionSource<PublishResult>().Task };
        var killed = await StartAsync(Amy, stuck.Create, state: _state);
        var id = await killed.Messenger.SendAsync(Ben.Username, "perhaps", default);
        var connection = stuck.NextConnection();
        await SettledAsync(killed.Messenger, _ => !connection.Published.IsEmpty);

        var network = new ScriptedNetwork();
        var after = await StartAsync(Amy, network.Create, state: _state);
        var message = await after.Messenger.SettleAsync(id, Patience, default);
        Assert.Equal((MessageState.Unknown, "The program ended while it was being sent."), (message.State, message.Detail));
        await after.Messenger.SettleAsync(await after.Messenger.SendAsync(Ben.Username, "next", default), Patience, default);
        Assert.Equal(["next"], network.NextConnection().Published.Select(frame => TextAtBen(frame.Frame)));
    }

    [Fact]
    public async Task What_certainly_had_not_left_goes_out_with_the_same_bytes()
    {
        var cut = new ScriptedNetwork();
        var tried = new ConcurrentQueue<byte[]>();
        cut.OnPublish = (_, frame, _) =>
        {
            tried.Enqueue(frame.ToArray());
            for (var i = 0; i < 100; i++) cut.Failures.Enqueue(new TransportException(TransportFailure.Unreachable, "nobody there"));
            cut.NextConnection().Break("cut");
            return Task.FromResult(new PublishResult(PublishOutcome.NotSent, "cut"));
        };
        var before = await StartAsync(Amy, cut.Create, state: _state);
        var id = await before.Messenger.SendAsync(Ben.Username, "hello", default);
        await using (var store = SqliteMessageStore.Open(_place.Folder, Clock))
        {
            await OutboxAsync(store, entry => entry is { Frame: not null, MayHaveLeft: false });
        }
        await before.DisposeAsync();

        var network = new ScriptedNetwork();
        var after = await StartAsync(Amy, network.Create, state: _state);
        Assert.Equal(MessageState.Published, (await after.Messenger.SettleAsync(id, Patience, default)).State);
        Assert.Equal(Assert.Single(tried), Assert.Single(network.NextConnection().Published).Frame);
    }

    [Fact]
    public async Task Frames_that_were_acknowledged_and_not_yet_looked_through_are_shown_by_the_next_session_in_order()
    {
        Directory.Gate = new TaskCompletionSource().Task;
        var network = new ScriptedNetwork();
        var killed = await StartAsync(Ben, network.Create, state: _state);
        var connection = network.NextConnection();
        for (var i = 0; i < 40; i++) connection.Deliver(Ben.Username, FrameToBen(Amy, $"text {i}"));
        await SettledAsync(killed.Messenger, status => status.Spooled == 40 && connection.Acknowledged == 40);

        Directory.Gate = Task.CompletedTask;
        var later = new ScriptedNetwork();
        var after = await StartAsync(Ben, later.Create, state: _state);
        later.NextConnection().Deliver(Ben.Username, FrameToBen(Amy, "arrived after"));
        var shown = await TakeAsync<MessageReceived>(after.Messenger, 41);
        Assert.Equal([.. Enumerable.Range(0, 40).Select(i => $"text {i}"), "arrived after"], shown.Select(received => received.Message.Text));
        Assert.Equal(0, (await SettledAsync(after.Messenger, status => status.Spooled == 0)).Dropped.Values.Sum());
    }

    [Fact]
    public async Task A_session_begins_its_log_behind_the_one_before_and_knows_what_was_said_and_what_is_a_repeat()
    {
        var network = new ScriptedNetwork();
        var before = await StartAsync(Ben, network.Create, state: _state);
        var frame = FrameToBen(Amy, "hello");
        network.NextConnection().Deliver(Ben.Username, frame);
        await TakeAsync<MessageReceived>(before.Messenger, 1);
        Assert.Equal(0, before.Messenger.StartCursor);
        await before.DisposeAsync();

        var after = await StartAsync(Ben, network.Create, state: _state);
        network.NextConnection().Deliver(Ben.Username, frame);
        await SettledAsync(after.Messenger, status => status.Dropped.Values.Sum() == 1);
        Assert.True(after.Messenger.StartCursor > 1);
        Assert.Equal("hello", Assert.Single(await after.Messenger.HistoryAsync(Amy.Username, null, null, 10, default)).Text);
        Assert.Equal("hello", (await TakeAsync<MessageReceived>(after.Messenger, 1))[0].Message.Text);
    }

    [Fact]
    public async Task A_session_that_only_sends_leaves_what_waits_to_the_next_that_listens()
    {
        await using (var store = SqliteMessageStore.Open(_place.Folder, Clock))
        {
            await store.SpoolAsync([FrameToBen(Amy, "hello")], default);
            await store.QueueAsync(MessageId.New(Clock), new Message(Ben.Username, Amy.Username, Clock.GetUtcNow(), "waits"), default);
        }
        var network = new ScriptedNetwork();
        var suite = new RsaAesSuite();
        await using var sending = await NesHost.StartAsync(
            new NesHostOptions
            {
                Suite = suite,
                Identity = suite.LoadIdentity(Ben.Username, Ben.KeyStore(), Clock),
                Transport = network.Create,
                TransportOptions = new TransportOptions(new Uri("memory://test")),
                Directory = Directory,
                State = _state,
                Receive = false,
                Clock = Clock,
            },
            default);
        await sending.Messenger.SettleAsync(await sending.Messenger.SendAsync(Amy.Username, "now", default), Patience, default);
        Assert.Single(network.NextConnection().Published);
        var status = await sending.Messenger.StatusAsync(default);
        Assert.Equal((0L, 1), (status.Received, status.Spooled));
    }

    [Fact]
    public async Task A_spool_that_is_full_of_junk_takes_what_comes_as_soon_as_some_was_dropped()
    {
        var network = new ScriptedNetwork();
        var host = await StartTunedAsync(network, "nes.session { max-frame-size = 4 KiB, spool-size = 4 KiB }");
        var connection = network.NextConnection();
        for (var i = 0; i < 30; i++) connection.Deliver(Ben.Username, new byte[3000]);
        connection.Deliver(Ben.Username, FrameToBen(Amy, "hello"));
        Assert.Equal("hello", (await TakeAsync<MessageReceived>(host.Messenger, 1))[0].Message.Text);
        Assert.Equal(31, connection.Acknowledged);
    }

    [Fact]
    public async Task What_a_broker_keeps_and_sends_again_after_each_reconnection_takes_no_more_room_each_time()
    {
        var answers = new TaskCompletionSource();
        Directory.Gate = answers.Task;
        var network = new ScriptedNetwork();
        // Room for what is being written when the connection breaks, and for the same once more.
        const string Small = "nes.session { max-frame-size = 1 KiB, spool-size = 1 KiB, max-unacknowledged = 6 }\nnes.transport { reconnect-min = 10ms, reconnect-max = 20ms }";
        var host = await StartTunedAsync(network, Small, TimeSpan.FromDays(1));
        var frames = Enumerable.Range(0, 4).Select(i => FrameToBen(Amy, $"text {i}")).ToList();
        var first = network.NextConnection();
        first.Deliver(Ben.Username, frames[0]);
        await SettledAsync(host.Messenger, status => status.Spooled == 1 && first.Acknowledged == 1);

        var connection = first;
        for (var i = 0; i < 3; i++)
        {
            foreach (var frame in frames.Skip(1)) connection.Deliver(Ben.Username, frame);
            connection.Break("cut");
            connection = network.NextConnection();
        }
        foreach (var frame in frames.Skip(1)) connection.Deliver(Ben.Username, frame);
        answers.SetResult();

        var shown = await TakeAsync<MessageReceived>(host.Messenger, 4);
        Assert.Equal(["text 0", "text 1", "text 2", "text 3"], shown.Select(received => received.Message.Text));
        Assert.False((await host.Messenger.StatusAsync(default)).Dropped.ContainsKey(DropReason.Overload));
    }

    private async Task<NesHost> StartTunedAsync(ScriptedNetwork network, string tuning, TimeSpan sessionExpiry = default)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("nes-hocon-");
        var hocon = Path.Combine(folder.FullName, "small.hocon");
        await File.WriteAllTextAsync(hocon, tuning);
        var host = await StartAsync(Ben, network.Create, hocon: hocon, state: _state, sessionExpiry: sessionExpiry);
        folder.Delete(recursive: true);
        return host;
    }

    private static async Task OutboxAsync(SqliteMessageStore store, Func<OutboxEntry, bool> until)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!(await store.OutboxAsync(limit.Token)).Any(until)) await timer.WaitForNextTickAsync(limit.Token);
    }

    private string TextAtBen(byte[] frame)
    {
        var suite = new RsaAesSuite();
        using var ben = suite.LoadIdentity(Ben.Username, Ben.KeyStore(), Clock);
        using var amy = suite.ReadPeer(Amy.PublicRecord);
        return ben.Open(frame).Frame!.Verify(amy)!.Text;
    }
}
