using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NesActors.Contracts;
using NesActors.Core.Session;
using NesActors.Core.Storage;
using NesActors.Core.Storage.InMemory;
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

    private NesHost(IHost host, NesHostOptions options, IMessageStore store)
    {
        _host = host;
        _options = options;
        _store = store;
        _sessions = host.Services.GetRequiredService<IRequiredActor<SessionsActor>>().ActorRef;
        // Also when the session ends by itself, because its store failed: nobody may wait for it then.
        _ = _sessions.WatchAsync().ContinueWith(_ => _ended.Cancel(), TaskScheduler.Default);
        Messenger = new ActorMessenger(options.Identity.User, _sessions, store, options.Clock, _ended.Token);
    }

    /// <summary>The session.</summary>
    public IMessenger Messenger { get; }

    /// <summary>Starts the actors. Returns before there is a connection: events and status tell of that.</summary>
    /// <exception cref="NesConfigurationException">The HOCON file cannot be used.</exception>
    /// <exception cref="StateException">The durable memory cannot be used.</exception>
    public static async Task<NesHost> StartAsync(NesHostOptions options, CancellationToken cancellation)
    {
        // Beside the rest: it takes a while, and nothing can be sent or received without it.
        var opening = options.State is { } state ? Task.Run(state.Open, cancellation) : Task.CompletedTask;
        var config = NesHocon.Load(options.HoconFile);
        var tuning = SessionTuning.From(config);
        var store = new InMemoryMessageStore(options.Clock, tuning.SpoolSize, options.State);

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(options.LoggerFactory);
        builder.Services.AddSingleton<IHostLifetime, PassiveLifetime>();
        builder.Services.AddAkka("nes", akka => akka.AddHocon(config, HoconAddMode.Prepend).WithLogging(options.LoggerFactory).WithSession(options, tuning, store));
        var host = builder.Build();
        try
        {
            await opening;
            await host.StartAsync(cancellation);
        }
        catch
        {
            host.Dispose();
            throw;
        }
        return new NesHost(host, options, store);
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
}
