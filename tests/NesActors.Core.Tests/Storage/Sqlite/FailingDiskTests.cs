using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Storage.State;
using NesActors.Core.Tests.Storage.State;

namespace NesActors.Core.Tests.Storage.Sqlite;

public sealed class FailingDiskTests : IAsyncLifetime
{
    private static readonly Username Amy = Username.Parse("amy");
    private readonly StateFolderFixture _place = new();
    private readonly FakeTimeProvider _clock = new();
    private SqliteMessageStore _store = null!;

    public Task InitializeAsync()
    {
        _store = SqliteMessageStore.Open(_place.Folder, _clock, new MessageStoreOptions { Patience = TimeSpan.FromSeconds(1) });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task A_full_disk_is_a_clear_error_and_nothing_half_is_written()
    {
        await QueueAsync("small");
        await LimitAsync(null);
        var cursor = _store.LastCursor;
        var failed = new List<MessageId>();
        for (var i = 0; i < 10; i++)
        {
            var id = MessageId.New(_clock);
            var error = await Assert.ThrowsAsync<StateException>(() => _store.QueueAsync(id, new Message(Amy, Amy, _clock.GetUtcNow(), new string('x', 60_000)), default));
            Assert.Contains("the disk is full: make room", error.Message, StringComparison.Ordinal);
            failed.Add(id);
        }
        Assert.Equal(cursor, _store.LastCursor);
        Assert.Equal("small", Assert.Single(await _store.OutboxAsync(default)).Message.Text);
        foreach (var id in failed) Assert.Null(await _store.FindAsync(id, default));

        await LimitAsync(1_000_000);
        await QueueAsync("there is room again");
        Assert.Equal(2, (await _store.OutboxAsync(default)).Count);
    }

    [Fact]
    public async Task A_frame_that_could_not_be_written_takes_no_room()
    {
        await LimitAsync(null);
        await Assert.ThrowsAsync<StateException>(() => _store.SpoolAsync([new byte[60_000]], default));
        Assert.Equal(0, _store.SpoolCount);
        await LimitAsync(1_000_000);
        Assert.Single(await _store.SpoolAsync([new byte[60_000]], default));
    }

    [Fact]
    public async Task A_database_that_another_keeps_is_waited_for_then_an_error_and_works_when_it_is_free()
    {
        using (var other = new SqliteConnection($"Data Source={_place.File};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction(deferred: false);
            var error = await Assert.ThrowsAsync<StateException>(() => QueueAsync("too early"));
            Assert.Contains("another process has kept it for more than 1 s", error.Message, StringComparison.Ordinal);
        }
        await QueueAsync("in time");
        Assert.Equal("in time", Assert.Single(await _store.OutboxAsync(default)).Message.Text);
    }

    [Fact]
    public async Task Work_that_cannot_be_done_spoils_no_other_work_of_the_same_commit()
    {
        var writes = Enumerable.Range(0, 50).Select(i => i % 10 == 0
            ? _store.AdvanceAsync(MessageId.New(_clock), MessageState.Published, SendFailure.None, null, default)
            : QueueAsync($"text {i}")).ToList();
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Task.WhenAll(writes));
        Assert.Equal(5, writes.Count(write => write.IsFaulted));
        Assert.Equal(45, (await _store.OutboxAsync(default)).Count);
    }

    [Fact]
    public async Task A_store_that_is_closed_writes_what_it_had_accepted_and_then_nothing_more()
    {
        var accepted = Enumerable.Range(0, 20).Select(i => QueueAsync($"text {i}")).ToList();
        await _store.DisposeAsync();
        await Task.WhenAll(accepted);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => QueueAsync("too late"));
        await InitializeAsync();
        Assert.Equal(20, (await _store.OutboxAsync(default)).Count);
    }

    private async Task QueueAsync(string text) => await _store.QueueAsync(MessageId.New(_clock), new Message(Amy, Amy, _clock.GetUtcNow(), text), default);

    /// <summary>The writer's connection may make the file no greater than this: what a full disk looks like to it.</summary>
    /// <param name="pages">How great; null: as it is.</param>
    private async Task LimitAsync(long? pages) => await _store.Writer.RunAsync(
        transaction =>
        {
            var most = pages ?? (long)transaction.Statements.Scalar("PRAGMA page_count")!;
            transaction.Connection.Execute($"PRAGMA max_page_count = {most}");
            return true;
        },
        default);
}
