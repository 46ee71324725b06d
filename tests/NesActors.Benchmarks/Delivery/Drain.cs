using System.Globalization;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.Storage.State;
using NesActors.Crypto.RsaAes;
using NesActors.Testing;
using NesActors.Transport.Mqtt;

namespace NesActors.Benchmarks.Delivery;

/// <summary>
/// Senders put frames into a broker's queue for a durable session that is away; then the session comes, and takes them in. Everything must come once, and each sender's in order. The
/// same frames, as far as they fit into memory, are opened on all cores with nothing around: what the machine could do.
/// </summary>
internal sealed class Drain : IAsyncDisposable
{
    private const int Senders = 10;
    private const int SampleEvery = 10;
    private const int Marks = 10;
    private static readonly Username Me = Username.Parse("ben");

    private readonly RsaAesSuite _suite = new();
    private readonly DrainDirectory _directory = new();
    private readonly MemoryKeyStore _keys = new();
    private readonly List<DrainSender> _senders = [];
    private readonly List<ReadOnlyMemory<byte>> _sample = [];
    private readonly Uri _broker;
    private readonly StateStore _state;
    private readonly IPeerIdentity _recipient;
    private long _cursor;

    private Drain(Uri broker, string folder)
    {
        _broker = broker;
        _state = new StateStore(folder, TimeProvider.System);
        _suite.GenerateKeys(Me, _keys, new KeyGenerationOptions(), default);
        using var identity = Load();
        _directory.Join(identity.PublicRecord);
        _recipient = _suite.ReadPeer(identity.PublicRecord);
    }

    /// <summary>Meets the senders, so that their keys are pinned, and leaves a session at the broker.</summary>
    public static async Task<Drain> PrepareAsync(Uri broker, string folder, CancellationToken limit)
    {
        var drain = new Drain(broker, folder);
        for (var i = 0; i < Senders; i++)
        {
            var sender = drain.NewSender($"sender-{i}");
            drain._directory.Join(sender.Identity.PublicRecord);
            await sender.ConnectAsync(broker, limit);
            drain._senders.Add(sender);
        }
        await using var host = await drain.StartAsync(limit);
        await drain.FollowAsync(host, Senders, limit, online: () => Task.WhenAll(drain._senders.Select(sender => sender.SendAsync(limit))));
        return drain;
    }

    /// <summary>Fills the queue.</summary>
    /// <param name="frames">How many valid frames.</param>
    /// <param name="junk">How many others, among them.</param>
    /// <param name="limit">Gives up.</param>
    public async Task FillAsync(int frames, int junk, CancellationToken limit)
    {
        await using var stranger = NewSender("stranger");
        var junkmaker = new DrainJunk(stranger.Identity, _recipient);
        await Task.WhenAll(_senders.Select(sender => Task.Run(
            async () =>
            {
                var owed = 0;
                for (var i = 0; i < frames / Senders; i++)
                {
                    var frame = await sender.SendAsync(limit);
                    if (i % SampleEvery == 0) lock (_sample) _sample.Add(frame);
                    for (owed += junk; owed >= frames; owed -= frames) await sender.PublishAsync(junkmaker.Next(frame), limit);
                }
            },
            limit)));
    }

    /// <summary>Opens and verifies the frames of the sample on all cores.</summary>
    /// <returns>How many they are.</returns>
    public int OpenFromMemory()
    {
        using var identity = Load();
        var peers = _senders.ToDictionary(sender => sender.Identity.User.Value, sender => _suite.ReadPeer(sender.Identity.PublicRecord));
        Parallel.ForEach(_sample, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, frame =>
        {
            var opened = identity.Open(frame).Frame!;
            _ = opened.Verify(peers[opened.ClaimedSender]) ?? throw new InvalidDataException("A frame does not verify.");
        });
        foreach (var peer in peers.Values) peer.Dispose();
        return _sample.Count;
    }

    /// <summary>Takes everything in.</summary>
    /// <param name="frames">How many valid frames are in the queue.</param>
    /// <param name="directoryDown">How long the directory is down at first.</param>
    /// <param name="progress">Told how much has come.</param>
    /// <param name="limit">Gives up.</param>
    public async Task RunAsync(int frames, TimeSpan directoryDown, Action<string> progress, CancellationToken limit)
    {
        _directory.DownUntil = TimeProvider.System.GetUtcNow() + directoryDown;
        await using var host = await StartAsync(limit);
        await FollowAsync(host, frames, limit, progress: progress);
        var status = await host.Messenger.StatusAsync(limit);
        progress($"dropped: {string.Join(", ", status.Dropped.Select(drop => $"{drop.Key} {drop.Value}"))}");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sender in _senders) await sender.DisposeAsync();
        _recipient.Dispose();
        _state.Dispose();
    }

    private ILocalIdentity Load() => _suite.LoadIdentity(Me, _keys, TimeProvider.System);

    private DrainSender NewSender(string name)
    {
        var (user, keys) = (Username.Parse(name), new MemoryKeyStore());
        _suite.GenerateKeys(user, keys, new KeyGenerationOptions(), default);
        return new DrainSender(_suite.LoadIdentity(user, keys, TimeProvider.System), _recipient);
    }

    private Task<NesHost> StartAsync(CancellationToken limit) => NesHost.StartAsync(
        new NesHostOptions
        {
            Suite = _suite,
            Identity = Load(),
            Transport = () => new MqttTransport(),
            TransportOptions = new TransportOptions(_broker) { ClientId = _state.InstallationName(), SessionExpiry = TimeSpan.FromHours(1) },
            Directory = _directory,
            State = _state,
        },
        limit);

    /// <summary>Reads the log of events, until so many messages have come: each the next of its sender.</summary>
    /// <exception cref="InvalidDataException">One came twice, or in the wrong place.</exception>
    private async Task FollowAsync(NesHost host, int messages, CancellationToken limit, Func<Task>? online = null, Action<string>? progress = null)
    {
        var came = 0;
        await foreach (var item in host.Messenger.EventsAsync(_cursor, limit))
        {
            _cursor = item.Cursor;
            if (item is ConnectionChanged { State: ConnectionState.Online } && online is not null) await online();
            if (item is not MessageReceived { Message: var message }) continue;
            var sender = _senders.Single(sender => sender.Identity.User == message.Contact);
            if (message.Text != (++sender.Seen).ToString(CultureInfo.InvariantCulture))
                throw new InvalidDataException($"{message.Text} of {message.Contact} came as number {sender.Seen}.");
            if (++came % Math.Max(1, messages / Marks) == 0) progress?.Invoke($"{came,7} messages, {Memory()}");
            if (came == messages) return;
        }
    }

    private static string Memory() => string.Create(
        CultureInfo.InvariantCulture, $"{Environment.WorkingSet >> 20} MiB of memory, {GC.GetTotalMemory(forceFullCollection: false) >> 20} MiB of it objects");
}
