using System.Diagnostics;
using System.Globalization;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Storage.State;
using NesActors.Crypto.RsaAes;
using NesActors.Testing;
using NesActors.Transport.Mqtt;

namespace NesActors.Benchmarks.Delivery;

/// <summary>
/// Identities that send numbered messages to one another at once, as fast as they can, through a real broker, each with a durable state of its own: done when everybody has received
/// everything, once and in order, and everything is shown as delivered.
/// </summary>
internal sealed class Exchange : IKeyDirectorySource, IAsyncDisposable
{
    private readonly Dictionary<Username, PublicRecord> _records = [];
    private readonly List<(NesHost Host, StateStore State)> _sessions = [];
    private readonly RsaAesSuite _suite = new();
    private readonly Uri _broker;
    private readonly string _folder;

    private Exchange(Uri broker, string folder) => (_broker, _folder) = (broker, folder);

    /// <summary>Runs one.</summary>
    /// <param name="broker">Where they meet.</param>
    /// <param name="folder">Where their states lie.</param>
    /// <param name="identities">How many there are.</param>
    /// <param name="messages">How many each sends, to the others in turn.</param>
    /// <param name="limit">Gives up.</param>
    /// <returns>How long it took from the first message to the last confirmation.</returns>
    /// <exception cref="InvalidDataException">A message came twice, or in the wrong place.</exception>
    public static async Task<TimeSpan> RunAsync(Uri broker, string folder, int identities, int messages, CancellationToken limit)
    {
        await using var exchange = new Exchange(broker, folder);
        for (var i = 0; i < identities; i++) await exchange.JoinAsync(Username.Parse($"user-{i:00}"), limit);
        var begin = Stopwatch.GetTimestamp();
        var all = exchange._sessions.Select(session => session.Host.Messenger).ToList();
        await Task.WhenAll(all.SelectMany(messenger => new[] { SendAsync(messenger, all, messages, limit), FollowAsync(messenger, all, messages, limit) }));
        return Stopwatch.GetElapsedTime(begin);
    }

    public Task<LookupResult> LookUpAsync(Username user, CancellationToken cancellation) => Task.FromResult<LookupResult>(new LookupResult.Found(_records[user]));

    public async ValueTask DisposeAsync()
    {
        foreach (var (host, state) in _sessions)
        {
            await host.DisposeAsync();
            state.Dispose();
        }
    }

    private static async Task SendAsync(IMessenger from, IReadOnlyList<IMessenger> all, int messages, CancellationToken limit)
    {
        var others = all.Where(other => other != from).Select(other => other.Me).ToList();
        for (var i = 0; i < messages; i++) await from.SendAsync(others[i % others.Count], (i / others.Count).ToString(CultureInfo.InvariantCulture), limit);
    }

    private static async Task FollowAsync(IMessenger messenger, IReadOnlyList<IMessenger> all, int messages, CancellationToken limit)
    {
        var (delivered, received) = (0, 0);
        var next = all.ToDictionary(other => other.Me, _ => 0);
        var expected = all.Where(other => other != messenger).Sum(other => CountFor(other, messenger, all, messages));
        await foreach (var item in messenger.EventsAsync(messenger.StartCursor, limit))
        {
            if (item is MessageStateChanged { Message.State: MessageState.Delivered }) delivered++;
            if (item is MessageReceived { Message: var message })
            {
                received++;
                if (message.Text != (next[message.Contact]++).ToString(CultureInfo.InvariantCulture))
                    throw new InvalidDataException($"{messenger.Me} received {message.Text} of {message.Contact} as number {next[message.Contact] - 1}.");
            }
            if (delivered == messages && received == expected) return;
        }
    }

    private static int CountFor(IMessenger from, IMessenger to, IReadOnlyList<IMessenger> all, int messages)
    {
        var others = all.Where(other => other != from).ToList();
        return Enumerable.Range(0, messages).Count(i => others[i % others.Count] == to);
    }

    private async Task JoinAsync(Username user, CancellationToken limit)
    {
        var keys = new MemoryKeyStore();
        _suite.GenerateKeys(user, keys, new KeyGenerationOptions(), limit);
        var identity = _suite.LoadIdentity(user, keys, TimeProvider.System);
        _records[user] = identity.PublicRecord;
        var state = new StateStore(Path.Combine(_folder, user.Value), TimeProvider.System);
        var host = await NesHost.StartAsync(
            new NesHostOptions
            {
                Suite = _suite,
                Identity = identity,
                Transport = () => new MqttTransport(),
                TransportOptions = new TransportOptions(_broker) { ClientId = state.InstallationName(), SessionExpiry = TimeSpan.FromHours(1) },
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
}
