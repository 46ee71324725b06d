using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.Storage.State;
using NesActors.Crypto.RsaAes;
using NesActors.Testing.Vectors;
using NesActors.Transport.Mqtt;

namespace NesActors.Fuzz.Sessions;

/// <summary>A session of ben at a real broker, with a durable state, and amy, who is his contact; besides, strangers by the thousand, each with one frame, and whatever else anybody publishes.</summary>
internal sealed class BrokerRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const int PublishAtOnce = 16;

    private readonly RsaAesSuite _suite = new();
    private readonly MqttTransport _sender = new();
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("nes-strangers-");
    private readonly TimeProvider _clock;
    private readonly StateStore _state;
    private readonly ILocalIdentity _amy;
    private readonly IPeerIdentity _ben;
    private readonly StrangerFrames _frames;
    private NesHost? _host;
    private long _position;
    private int _strangers;
    private int _texts;

    private BrokerRun(TimeProvider clock)
    {
        (_clock, _state) = (clock, new StateStore(Path.Combine(_folder.FullName, "state"), clock));
        _amy = _suite.LoadIdentity(VectorUser.Amy.Username, VectorUser.Amy.KeyStore(), clock);
        _ben = _suite.ReadPeer(VectorUser.Ben.PublicRecord);
        _frames = new StrangerFrames(_ben);
    }

    public CountingDirectory Directory { get; } = new();

    private IMessenger Messenger => _host!.Messenger;

    /// <summary>Connects both, and makes amy a contact of ben's.</summary>
    public static async Task<BrokerRun> StartAsync(Uri broker, TimeProvider clock, string protocol = "5")
    {
        var run = new BrokerRun(clock);
        run._host = await NesHost.StartAsync(
            new NesHostOptions
            {
                Suite = run._suite,
                Identity = run._suite.LoadIdentity(VectorUser.Ben.Username, VectorUser.Ben.KeyStore(), clock),
                Transport = () => new MqttTransport(),
                TransportOptions = new TransportOptions(broker) { ClientId = "ben", SessionExpiry = TimeSpan.FromHours(1), Extra = new Dictionary<string, string> { ["protocol"] = protocol } },
                Directory = run.Directory,
                State = run._state,
                Clock = clock,
            },
            CancellationToken.None);
        await run.FollowAsync(item => item is ConnectionChanged { State: ConnectionState.Online });
        await run._sender.ConnectAsync(new TransportOptions(broker), _ => { }, CancellationToken.None);
        await run.HearAmyAsync();
        return run;
    }

    /// <summary>So many more strangers send one frame each.</summary>
    public async Task MeetAsync(int strangers)
    {
        foreach (var some in Enumerable.Range(_strangers, strangers).Chunk(PublishAtOnce)) await Task.WhenAll(some.Select(number => PublishAsync(_frames.Make(number, _clock.GetUtcNow()))));
        _strangers += strangers;
    }

    /// <summary>Somebody publishes any bytes to ben's mailbox.</summary>
    public Task<PublishResult> PublishAsync(byte[] frame) => _sender.PublishAsync(VectorUser.Ben.Username, frame, CancellationToken.None);

    /// <summary>Amy sends a message; returns when ben's session shows it.</summary>
    public async Task HearAmyAsync()
    {
        var text = $"amy {++_texts}";
        await PublishAsync(_amy.Seal(new Message(_amy.User, _ben.User, _clock.GetUtcNow(), text), _ben));
        await FollowAsync(item => item is MessageReceived { Message: var message } && message.Text == text);
    }

    public async Task<MessengerStatus> StatusAsync() => await Messenger.StatusAsync(CancellationToken.None);

    /// <summary>Waits until the session's state is such.</summary>
    public async Task<MessengerStatus> SettleAsync(Func<MessengerStatus, bool> until)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var status = await Messenger.StatusAsync(limit.Token);
            if (until(status)) return status;
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        await _sender.DisposeAsync();
        _state.Dispose();
        _amy.Dispose();
        _ben.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task FollowAsync(Func<MessengerEvent, bool> until)
    {
        using var limit = new CancellationTokenSource(Patience);
        await foreach (var item in Messenger.EventsAsync(_position, limit.Token))
        {
            _position = item.Cursor;
            if (until(item)) return;
        }
    }
}
