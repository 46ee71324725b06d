using Microsoft.Extensions.Logging;
using NesActors.Cli.Settings;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Keys;
using NesActors.Core.Storage.State;
using NesActors.Plugins;

namespace NesActors.Cli.Hosting;

/// <summary>The composition root: settings → plugins → keys → session.</summary>
internal sealed class SessionFactory(NesSettings settings, CliEnvironment environment, ILoggerFactory logging)
{
    /// <summary>The plugins: those beside the program, then those of the settings.</summary>
    public PluginCatalog Catalog { get; } = PluginsOf(environment, settings.PluginFolders);

    /// <summary>Looks for plugins; loads none.</summary>
    public static PluginCatalog PluginsOf(CliEnvironment environment, IEnumerable<string> more) =>
        PluginCatalog.Scan([Path.Combine(environment.ProgramFolder, "plugins"), .. more]);

    /// <summary>The crypto suite of the settings.</summary>
    public ICryptoSuite Suite() => Catalog.Suite(settings.Suite);

    /// <summary>Where the user's keys lie.</summary>
    /// <param name="keepExisting">Whether keys that are there stay.</param>
    public FileKeyStore Keys(bool keepExisting = false) => new(new FileKeyStoreOptions(settings.User, settings.Folder)
    {
        Files = settings.KeyFiles,
        AllowOpenKeys = settings.AllowOpenKeys,
        KeepExisting = keepExisting,
    });

    /// <summary>The user's own keys.</summary>
    /// <exception cref="CliException">There are none.</exception>
    /// <exception cref="KeyException">They cannot be used.</exception>
    public ILocalIdentity Identity(ICryptoSuite suite)
    {
        var keys = Keys();
        try
        {
            return suite.LoadIdentity(settings.User, keys, environment.Clock);
        }
        catch (KeyException error) when (keys.Missing.FirstOrDefault(path => !path.EndsWith(".pub", StringComparison.Ordinal)) is { } missing)
        {
            throw new CliException(ExitCode.NotFound, $"{settings.User} has no key {missing}; make keys with: nes generate -u {settings.User}", error);
        }
    }

    /// <summary>Where other people's keys come from.</summary>
    /// <param name="memory">What is remembered of directories.</param>
    public IKeyDirectorySource Directory(IDirectoryMemory memory) => KeyDirectories.Open(settings, environment, memory);

    /// <summary>The user's durable memory, opened at its first use.</summary>
    public StateStore State() => new(settings.StateFolder, environment.Clock);

    /// <summary>Starts a session that takes the user's mail.</summary>
    public async Task<RunningSession> StartAsync(CancellationToken cancellation)
    {
        var make = Catalog.Transport(settings.Broker.Address.Scheme);
        var state = State();
        return await StartAsync(make, Directory(state), state, receive: true, cancellation);
    }

    /// <summary>Starts a session that only sends, and asks broker and directory while it starts.</summary>
    /// <param name="recipients">To whom it will send.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<RunningSession> StartSendingAsync(IEnumerable<Username> recipients, CancellationToken cancellation)
    {
        var make = Catalog.Transport(settings.Broker.Address.Scheme);
        var state = State();
        var directory = new EarlyLookups(Directory(state), recipients, cancellation);
        ITransport? early = new EarlyTransport(make(), settings.Broker);
        try
        {
            return await StartAsync(() => Interlocked.Exchange(ref early, null) ?? make(), directory, state, receive: false, cancellation);
        }
        catch
        {
            if (Interlocked.Exchange(ref early, null) is { } unused) await unused.DisposeAsync();
            directory.Dispose();
            state.Dispose();
            throw;
        }
    }

    private async Task<RunningSession> StartAsync(
        Func<ITransport> transport, IKeyDirectorySource directory, StateStore state, bool receive, CancellationToken cancellation)
    {
        var suite = Suite();
        var options = new NesHostOptions
        {
            Suite = suite,
            Identity = Identity(suite),
            Transport = transport,
            TransportOptions = receive ? Durable(state) : settings.Broker,
            Directory = directory,
            State = state,
            History = settings.History,
            Receive = receive,
            HoconFile = settings.HoconFile,
            Clock = environment.Clock,
            LoggerFactory = logging,
        };
        return new RunningSession(await NesHost.StartAsync(options, cancellation), directory, state);
    }

    /// <summary>The broker knows the session by the installation's name. One that only sends is known by no name: it would take that of the one that receives.</summary>
    private TransportOptions Durable(StateStore state) => settings.BrokerSession == TimeSpan.Zero
        ? settings.Broker
        : settings.Broker with { ClientId = state.InstallationName(), SessionExpiry = settings.BrokerSession };
}
