using BenchmarkDotNet.Attributes;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Testing;

namespace NesActors.Benchmarks.Actors;

/// <summary>What the actors cost a message, without cryptography and without a network: 10,000 messages of or for ten contacts, through a whole session.</summary>
[MemoryDiagnoser]
public class ActorPathBenchmarks
{
    private const int Messages = 10_000;
    private static readonly Username Me = Username.Parse("ben");
    private static readonly Username[] Contacts = [.. Enumerable.Range(0, 10).Select(i => Username.Parse($"contact-{i}"))];

    private readonly LoopTransport _transport = new();
    private NesHost _host = null!;
    private long _cursor;
    private int _number;

    [GlobalSetup]
    public async Task StartAsync()
    {
        var suite = new PlainSuite();
        _host = await NesHost.StartAsync(
            new NesHostOptions
            {
                Suite = suite,
                Identity = suite.IdentityOf(Me),
                Transport = () => _transport,
                TransportOptions = new TransportOptions(new Uri("memory://benchmark")),
                Directory = new KnowsEverybody(),
            },
            default);
        await SeeAsync<ConnectionChanged>(1, changed => changed.State == ConnectionState.Online);
    }

    [GlobalCleanup]
    public async Task StopAsync() => await _host.DisposeAsync();

    /// <summary>Frame at the transport → message in the log of events.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task Receive()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        // Fewer at once than the session takes unacknowledged, as with a broker.
        for (var i = 0; i < Messages; i += 500)
        {
            for (var j = 0; j < 500; j++) _transport.Deliver(Me, PlainSuite.Frame(Contacts[j % 10], Me.Value, $"text {_number++}", now));
            await SeeAsync<MessageReceived>(500, _ => true);
        }
    }

    /// <summary>Text at the messenger → confirmed by the transport, and in the log of events.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task Send()
    {
        for (var i = 0; i < Messages; i += 500)
        {
            await Task.WhenAll(Enumerable.Range(0, 500).Select(j => _host.Messenger.SendAsync(Contacts[j % 10], $"text {_number++}", default)));
            await SeeAsync<MessageStateChanged>(500, changed => changed.Message.State == MessageState.Published);
        }
    }

    private async Task SeeAsync<T>(int count, Func<T, bool> which)
        where T : MessengerEvent
    {
        await foreach (var item in _host.Messenger.EventsAsync(_cursor, default))
        {
            _cursor = item.Cursor;
            if (item is T wanted && which(wanted) && --count == 0) return;
        }
    }

    private sealed class KnowsEverybody : IKeyDirectorySource
    {
        public Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation) =>
            Task.FromResult<LookupResult>(new LookupResult.Found(PlainSuite.RecordOf(user)));
    }
}
