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

    private readonly FakeTimeProvider _clock = new();
    private readonly Keeper _keeper = new();
    private readonly Renewing _identity = new();

    [Fact]
    public async Task A_record_is_put_in_place_at_the_start_and_each_hour_after()
    {
        await using var renewal = new RecordRenewal(_identity, _keeper, _clock, NullLoggerFactory.Instance);
        Assert.Equal("1", await _keeper.NextAsync());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("2", await _keeper.NextAsync());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("3", await _keeper.NextAsync());
    }

    [Fact]
    public async Task A_failure_is_no_end()
    {
        _keeper.Fail = true;
        await using var renewal = new RecordRenewal(_identity, _keeper, _clock, NullLoggerFactory.Instance);
        Assert.Equal("1", await _keeper.NextAsync());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("2", await _keeper.NextAsync());
    }

    [Fact]
    public async Task It_ends_with_the_session()
    {
        var renewal = new RecordRenewal(_identity, _keeper, _clock, NullLoggerFactory.Instance);
        await _keeper.NextAsync();
        await renewal.DisposeAsync();
        _clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(1, _identity.Asked);
    }

    private sealed class Keeper : IKeyDirectorySource, IRecordKeeper
    {
        private readonly Channel<string> _kept = Channel.CreateUnbounded<string>();

        public bool Fail { get; set; }

        public async Task<string> NextAsync() => await _kept.Reader.ReadAsync().AsTask().WaitAsync(Patience);

        public Task RenewAsync(PublicRecord mine, CancellationToken cancellation)
        {
            _kept.Writer.TryWrite(mine.Entries["statement_x"]);
            return Fail ? Task.FromException(new IOException("the disk is full")) : Task.CompletedTask;
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
