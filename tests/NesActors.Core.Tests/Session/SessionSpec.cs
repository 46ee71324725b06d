using System.Text;
using Microsoft.Extensions.Time.Testing;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.Transport;
using NesActors.Core.Contacts;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Storage.State;
using NesActors.Core.Tests.Doubles;
using NesActors.Crypto.RsaAes;
using NesActors.Testing.Vectors;

namespace NesActors.Core.Tests.Session;

/// <summary>Whole sessions with suite nes1 and the vectors' users, over a transport that the test drives.</summary>
public abstract class SessionSpec : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly List<NesHost> _hosts = [];

    protected FakeTimeProvider Clock { get; } = new(FrameVectors.Now);

    private protected ScriptedDirectory Directory { get; } = new();

    public Task InitializeAsync()
    {
        foreach (var user in VectorUser.All) Directory.Answers(user.Username, new LookupResult.Found(user.PublicRecord));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
    }

    protected Task<NesHost> StartAsync(
        VectorUser user, Func<ITransport> transport, string address = "memory://test", string? hocon = null, StateStore? state = null, ContactPolicy? policy = null, TimeSpan sessionExpiry = default)
    {
        var suite = new RsaAesSuite();
        return StartAsync(new NesHostOptions
        {
            Suite = suite,
            Identity = suite.LoadIdentity(user.Username, user.KeyStore(), Clock),
            Transport = transport,
            TransportOptions = new TransportOptions(new Uri(address)) { SessionExpiry = sessionExpiry },
            Directory = Directory,
            HoconFile = hocon,
            State = state,
            ContactPolicy = policy ?? new ContactPolicy(),
            Clock = Clock,
        });
    }

    protected async Task<NesHost> StartAsync(NesHostOptions options)
    {
        var host = await NesHost.StartAsync(options, default);
        _hosts.Add(host);
        return host;
    }

    /// <summary>The first events of a kind, waited for.</summary>
    protected static async Task<IReadOnlyList<T>> TakeAsync<T>(IMessenger messenger, int count, Func<T, bool>? which = null)
        where T : MessengerEvent
    {
        using var limit = new CancellationTokenSource(Patience);
        var taken = new List<T>();
        await foreach (var item in messenger.EventsAsync(0, limit.Token))
        {
            if (item is T wanted && (which is null || which(wanted))) taken.Add(wanted);
            if (taken.Count == count) break;
        }

        return taken;
    }

    /// <summary>Waits until the session has looked through all that came, and gives its status.</summary>
    protected static async Task<MessengerStatus> SettledAsync(IMessenger messenger, Func<MessengerStatus, bool> until)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            var status = await messenger.StatusAsync(limit.Token);
            if (until(status)) return status;
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    protected static byte[] Bytes(string payload) => Encoding.UTF8.GetBytes(payload);

    /// <summary>A frame as the sender's client makes it for ben.</summary>
    protected byte[] FrameToBen(VectorUser from, string text)
    {
        var suite = new RsaAesSuite();
        using var sender = suite.LoadIdentity(from.Username, from.KeyStore(), Clock);
        using var ben = suite.ReadPeer(VectorUser.Ben.PublicRecord);
        return sender.Seal(new Message(sender.User, ben.User, Clock.GetUtcNow(), text), ben);
    }
}
