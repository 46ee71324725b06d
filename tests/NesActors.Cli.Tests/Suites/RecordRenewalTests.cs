using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NesActors.Cli.Hosting;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;

namespace NesActors.Cli.Tests.Suites;

/// <summary>A session looks after the user's own record.</summary>
public sealed class RecordRenewalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CountingClock _clock = new();
    private readonly Keeper _keeper = new();
    private readonly Renewing _identity = new();

    [Fact]
    public async Task A_record_is_put_in_place_at_the_start_and_each_hour_after()
    {
        await using var renewal = new RecordRenewal(_identity, _keeper, _keeper, _clock, NullLoggerFactory.Instance);
        Assert.Equal("1", await _keeper.NextAsync());
        await WaitsAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("2", await _keeper.NextAsync());
        await WaitsAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("3", await _keeper.NextAsync());
    }

    [Fact]
    public async Task What_fails_is_tried_again_within_minutes_and_later_each_time()
    {
        _keeper.Result = new RenewalResult.Failed("nobody answers");
        await using var renewal = new RecordRenewal(_identity, _keeper, _keeper, _clock, NullLoggerFactory.Instance);
        Assert.Equal("1", await _keeper.NextAsync());
        foreach (var (minutes, expected) in ((int, string)[])[(1, "2"), (2, "3"), (4, "4"), (8, "5")])
        {
            await WaitsAsync();
            // A pause is up to a fifth shorter or longer than said.
            _clock.Advance(TimeSpan.FromMinutes(minutes * 0.75));
            Assert.False(_keeper.HasNext);
            _clock.Advance(TimeSpan.FromMinutes(minutes * 0.5));
            Assert.Equal(expected, await _keeper.NextAsync());
        }
        await WaitsAsync();
        Assert.Equal("nobody answers", renewal.Trouble);
        _keeper.Result = new RenewalResult.Kept();
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("6", await _keeper.NextAsync());
        await WaitsAsync();
        Assert.Null(renewal.Trouble);
    }

    [Fact]
    public async Task A_place_that_takes_no_such_thing_is_told_of_and_not_pressed()
    {
        _keeper.Result = new RenewalResult.NotTaken("it is of the original's kind");
        await using var renewal = new RecordRenewal(_identity, _keeper, _keeper, _clock, NullLoggerFactory.Instance);
        Assert.Equal("1", await _keeper.NextAsync());
        await WaitsAsync();
        Assert.Equal("it is of the original's kind", renewal.Trouble);
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(_keeper.HasNext);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("2", await _keeper.NextAsync());
    }

    [Fact]
    public async Task It_ends_with_the_session()
    {
        var renewal = new RecordRenewal(_identity, _keeper, _keeper, _clock, NullLoggerFactory.Instance);
        await _keeper.NextAsync();
        await renewal.DisposeAsync();
        _clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(1, _identity.Asked);
    }

    private Task<TimeSpan> WaitsAsync() => _clock.Pauses.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Tells when somebody begins to wait: to move the time before that would be for nothing.</summary>
    private sealed class CountingClock : FakeTimeProvider
    {
        public Channel<TimeSpan> Pauses { get; } = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Pauses.Writer.TryWrite(dueTime);
            return timer;
        }
    }

    private sealed class Keeper : IKeyDirectorySource, IRecordKeeper
    {
        private readonly Channel<string> _kept = Channel.CreateUnbounded<string>();

        public RenewalResult Result { get; set; } = new RenewalResult.Kept();

        public bool HasNext => _kept.Reader.TryPeek(out _);

        public async Task<string> NextAsync() => await _kept.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public Task<RenewalResult> RenewAsync(PublicRecord mine, CancellationToken cancellation)
        {
            _kept.Writer.TryWrite(mine.Entries["statement_x"]);
            return Task.FromResult(Result);
        }

        public Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation) => Task.FromResult<LookupResult>(new LookupResult.NotFound());
    }

    private sealed class Renewing : ILocalIdentity
    {
        public int Asked { get; private set; }

        public Username User { get; } = Username.Parse("alice");

        public PublicRecord PublicRecord => new(User, new Dictionary<string, string> { ["statement_x"] = $"{++Asked}" });

        public Fingerprint Fingerprint => default;

        public byte[] Compose(Message message) => throw new NotSupportedException();

        public SealedFrame Seal(ReadOnlyMemory<byte> content, IPeerIdentity recipient) => throw new NotSupportedException();

        public OpenResult Open(ReadOnlyMemory<byte> frame) => throw new NotSupportedException();

        public void Dispose() { }
    }
}
