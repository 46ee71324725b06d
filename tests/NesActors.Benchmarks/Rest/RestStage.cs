using System.Collections.Concurrent;
using System.Net.Http.Headers;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;
using NesActors.Core.Attach;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Storage.State;
using NesActors.Crypto.RsaAes;
using NesActors.FrontEnd.Rest;
using NesActors.Testing;
using NesActors.Transport.Mqtt;

namespace NesActors.Benchmarks.Rest;

/// <summary>People with suite nes1 and durable states at a mosquitto, and a gateway that serves the first of them on loopback, without limits.</summary>
internal sealed class RestStage : IKeyDirectorySource, IAsyncDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("nes-bench-rest-");
    private readonly ConcurrentDictionary<Username, PublicRecord> _records = new();
    private readonly List<(NesHost Host, StateStore State)> _sessions = [];
    private readonly List<MemoryKeyStore> _keys = [];
    private GatewayPlace? _place;
    private IRunningGateway? _gateway;

    private RestStage(MosquittoServer broker) => Broker = broker;

    public MosquittoServer Broker { get; }

    public RsaAesSuite Suite { get; } = new();

    /// <summary>Of the first of them.</summary>
    public ILocalIdentity Identity { get; private set; } = null!;

    public Uri Address => _gateway!.Addresses.Single();

    /// <summary>The token of the gateway.</summary>
    public string Secret => _gateway!.Notices.Single(notice => notice.Kind == "token").Value;

    /// <summary>The session of one of them.</summary>
    public IMessenger this[int person] => _sessions[person].Host.Messenger;

    /// <summary>Starts it.</summary>
    /// <param name="people">How many have a session.</param>
    /// <param name="others">How many more the directory knows; they have keys, and nobody there.</param>
    /// <param name="limit">Gives up.</param>
    public static async Task<RestStage> StartAsync(int people, int others, CancellationToken limit)
    {
        var stage = new RestStage(await MosquittoServer.StartAsync(FramePublisher.PatientBroker));
        for (var i = 0; i < people; i++) await stage.JoinAsync(Username.Parse($"person-{i}"), limit);
        for (var i = 0; i < others; i++) stage.Know(Other(i));
        await stage.ServeAsync(limit);
        return stage;
    }

    /// <summary>The name of one who has keys alone.</summary>
    public static Username Other(int number) => Username.Parse($"other-{number}");

    /// <summary>A client with the token, and as many connections as are used at once.</summary>
    public HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secret);
        return client;
    }

    /// <summary>Lets the directory know somebody.</summary>
    public void Know(PublicRecord record) => _records[record.User] = record;

    public PublicRecord RecordOf(Username user) => _records[user];

    public Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation) =>
        Task.FromResult<LookupResult>(_records.TryGetValue(user, out var record) ? new LookupResult.Found(record) : new LookupResult.NotFound());

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null) await _gateway.DisposeAsync();
        foreach (var (host, state) in _sessions)
        {
            await host.DisposeAsync();
            state.Dispose();
        }
        _place?.Dispose();
        await Broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task JoinAsync(Username user, CancellationToken limit)
    {
        var keys = new MemoryKeyStore();
        Suite.GenerateKeys(user, keys, new KeyGenerationOptions(), limit);
        _keys.Add(keys);
        var identity = Suite.LoadIdentity(user, keys, TimeProvider.System);
        _records[user] = identity.PublicRecord;
        Identity ??= identity;
        var state = new StateStore(FolderOf(user), TimeProvider.System);
        var host = await NesHost.StartAsync(
            new NesHostOptions
            {
                Suite = Suite,
                Identity = identity,
                Transport = () => new MqttTransport(),
                TransportOptions = new TransportOptions(Broker.Address) { ClientId = state.InstallationName(), SessionExpiry = TimeSpan.FromHours(1) },
                Directory = this,
                State = state,
            },
            limit);
        _sessions.Add((host, state));
        await foreach (var item in host.Messenger.EventsAsync(0, limit))
        {
            if (item is ConnectionChanged { State: ConnectionState.Online }) return;
        }
    }

    /// <summary>Making keys takes long, and whose they are makes no difference here.</summary>
    private void Know(Username user)
    {
        using var identity = Suite.LoadIdentity(user, _keys[0], TimeProvider.System);
        _records[user] = identity.PublicRecord;
    }

    private async Task ServeAsync(CancellationToken limit)
    {
        var me = this[0].Me;
        _place = GatewayPlace.TryTake(FolderOf(me)) ?? throw new InvalidOperationException("The folder is served already.");
        _gateway = await new RestGateway().StartAsync(
            new GatewayRequest([new GatewayIdentity(me, _place.Folder, _place.Socket, this[0])])
            {
                Network = new GatewayNetwork(new Uri("http://127.0.0.1:0")),
                Limits = new GatewayLimits { AreEnforced = false, Streams = 100_000 },
            },
            limit);
    }

    private string FolderOf(Username user) => Path.Combine(_folder.FullName, $"{user}.state");
}
