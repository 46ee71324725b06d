using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NesActors.Contracts;
using NesActors.Core.Attach;
using NesActors.Core.Session;
using NesActors.Core.Storage;
using NesActors.Core.Storage.InMemory;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Hosting;

/// <summary>A session in this process: started with its actors, stopped with them.</summary>
public sealed class NesHost : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly IHost _host;
    private readonly NesHostOptions _options;
    private readonly IMessageStore _store;
    private readonly IActorRef _sessions;
    private readonly CancellationTokenSource _ended = new();
    private int _disposed;

    private NesHost(IHost host, NesHostOptions options, IMessageStore store, long startCursor, SessionEnd end)
    {
        _host = host;
        _options = options;
        _store = store;
        _sessions = host.Services.GetRequiredService<IRequiredActor<SessionsActor>>().ActorRef;
        // Also when the session ends by itself, because its store failed: nobody may wait for it then.
        _ = _sessions.WatchAsync().ContinueWith(_ => _ended.Cancel(), TaskScheduler.Default);
        Messenger = new ActorMessenger(options.Identity, _sessions, store, startCursor, options.Clock, end, _ended.Token);
    }

    /// <summary>The session.</summary>
    public IMessenger Messenger { get; }

    internal IMessageStore Store => _store;

    /// <summary>Starts the actors. Returns before there is a connection: events and status tell of that.</summary>
    /// <exception cref="NesConfigurationException">The HOCON file cannot be used.</exception>
    /// <exception cref="StateException">The durable memory cannot be used.</exception>
    public static async Task<NesHost> StartAsync(NesHostOptions options, CancellationToken cancellation)
    {
        var config = NesHocon.Load(options.HoconFile);
        var tuning = SessionTuning.From(config);
        // Beside the rest: it takes a while, and nothing can be sent or received without it.
        var opening = Task.Run(() => OpenStore(options, tuning), CancellationToken.None);
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            builder.Services.AddSingleton(options.LoggerFactory);
            builder.Services.AddSingleton<IHostLifetime, PassiveLifetime>();
            var store = await opening;
            var startCursor = store.LastCursor;
            var leftovers = options.Receive ? await Leftovers.ReadAsync(store, cancellation) : await Leftovers.ReadAsync(store, options.Resume, cancellation);
            var end = new SessionEnd();
            builder.Services.AddAkka("nes", akka => akka.AddHocon(config, HoconAddMode.Prepend).WithLogging(options.LoggerFactory).WithSession(options, tuning, store, leftovers, end));
            return new NesHost(await StartAsync(builder.Build(), cancellation), options, store, startCursor, end);
        }
        catch
        {
            // A store that was opened is closed; where it could not be, that is what is told.
            await using var unused = await opening;
            throw;
        }
    }

    /// <summary>Closes the connection, stops the actors, and disposes the keys.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        await _ended.CancelAsync();
        try
        {
            await _sessions.GracefulStop(StopTimeout, new SessionProtocol.Commands.Shutdown(_options.Identity.User));
        }
        catch (TaskCanceledException)
        {
            // The transport did not close in time; the actor system stops it the hard way.
        }

        await _host.StopAsync();
        _host.Dispose();
        await _store.DisposeAsync();
        _options.Identity.Dispose();
    }

    private static IMessageStore OpenStore(NesHostOptions options, SessionTuning tuning)
    {
        if (options.State is not { } state) return new InMemoryMessageStore(options.Clock, tuning.SpoolSize);
        return SqliteMessageStore.Open(state.Folder, options.Clock, new MessageStoreOptions { SpoolCapacity = tuning.SpoolSize, History = options.History, KeyWrap = options.KeyWrap });
    }

    private static async Task<IHost> StartAsync(IHost host, CancellationToken cancellation)
    {
        try
        {
            await host.StartAsync(cancellation);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
