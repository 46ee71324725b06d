using System.Data.Common;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Directory.Keys;
using NesActors.Directory.LookUp;
using NesActors.Directory.Storage;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.LookUp;

public sealed class LookUpRaceTests : IAsyncLifetime
{
    private static readonly Username Amy = Username.Parse("amy");

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly SlowDatabase _database = new();
    private DirectoryKeys _keys = null!;
    private AnswerSigner _signer = null!;
    private RenewalQueue _queue = null!;
    private LookUps _lookUps = null!;

    public async Task InitializeAsync()
    {
        TestKeys.PutDirectoryKey(_folder);
        _keys = DirectoryKeys.LoadOrCreate(_folder.Path);
        _signer = new AnswerSigner(_keys, _clock);
        var store = new AnswerStore(_database);
        _queue = new RenewalQueue(store, 0, NullLogger<RenewalQueue>.Instance);
        _lookUps = new LookUps(_database, store, _signer, _queue, _clock);
        await _lookUps.LoadAsync(CancellationToken.None);
        _lookUps.Changed(Amy);
        // The first look-up only marks the name as asked for.
        var first = _lookUps.FindAsync(Amy).AsTask();
        _database.Answer(Stored("old"));
        await first;
    }

    public async Task DisposeAsync()
    {
        await _queue.DisposeAsync();
        _signer.Dispose();
        _keys.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_answer_that_was_read_before_a_change_does_not_outlive_it()
    {
        var reading = _lookUps.FindAsync(Amy).AsTask();
        _lookUps.Changed(Amy);
        _database.Answer(Stored("old"));
        Assert.Equal("old"u8.ToArray(), (await reading)!.Body);
        Assert.False(_lookUps.TryFind("amy", out _));

        reading = _lookUps.FindAsync(Amy).AsTask();
        _database.Answer(Stored("new"));
        await reading;
        Assert.True(_lookUps.TryFind("amy", out var kept));
        Assert.Equal("new"u8.ToArray(), kept!.Body);
    }

    [Fact]
    public async Task An_answer_that_was_read_before_the_lock_was_lost_is_not_kept()
    {
        var reading = _lookUps.FindAsync(Amy).AsTask();
        _lookUps.Distrust();
        _database.Answer(Stored("old"));
        await reading;
        Assert.False(_lookUps.TryFind("amy", out _));
        Assert.False(_lookUps.TryFind("nobody", out _));
        await _lookUps.LoadAsync(CancellationToken.None);
        Assert.True(_lookUps.TryFind("nobody", out var nobody));
        Assert.Null(nobody);
    }

    [Fact]
    public async Task An_answer_that_is_kept_is_not_served_in_the_last_hour_of_its_freshness()
    {
        var reading = _lookUps.FindAsync(Amy).AsTask();
        _database.Answer(Stored("old"));
        await reading;
        _clock.Advance(TimeSpan.FromHours(23) - TimeSpan.FromMilliseconds(1));
        Assert.True(_lookUps.TryFind("amy", out _));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(_lookUps.TryFind("amy", out _));
    }

    private StoredAnswer Stored(string body) =>
        new(1, true, 0, _clock.GetUtcNow().AddHours(24).ToUnixTimeMilliseconds(), System.Text.Encoding.UTF8.GetBytes(body));

    /// <summary>A database without users, whose answers to look-ups come when the test says so.</summary>
    private sealed class SlowDatabase : IDatabase, IAnswerReader
    {
        private TaskCompletionSource<StoredAnswer?> _next = new();

        public string Description => "slow";

        public IAnswerReader Answers => this;

        public void Answer(StoredAnswer answer)
        {
            var waiting = _next;
            _next = new TaskCompletionSource<StoredAnswer?>();
            waiting.SetResult(answer);
        }

        public ValueTask<StoredAnswer?> FindAsync(string name) => new(_next.Task);

        // Nobody has this id any more.
        public ValueTask<StoredAnswer?> FindAsync(long id) => new((StoredAnswer?)null);

        // All that is read so are the names.
        public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, CancellationToken cancellation) => Task.FromResult(default(T)!);

        public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> statements, CancellationToken cancellation) => Task.FromResult(default(T)!);

        public Task<T> WriteAloneAsync<T>(Func<DbConnection, DbTransaction, Task<T>> statements, CancellationToken cancellation) => WriteAsync(statements, cancellation);

        public void Watch(Action lost, Func<CancellationToken, Task> regained, ILogger logger) { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
