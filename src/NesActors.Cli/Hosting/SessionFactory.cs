using Microsoft.Extensions.Logging;
using NesActors.Cli.Settings;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.Keys;
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
    public IKeyDirectorySource Directory() => KeyDirectories.Open(settings, environment);

    /// <summary>Starts a session.</summary>
    /// <param name="receive">Whether it takes the user's mail.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="failed">Is told of each attempt to connect that fails.</param>
    public async Task<RunningSession> StartAsync(bool receive, CancellationToken cancellation, Action<TransportException>? failed = null)
    {
        var transport = Catalog.Transport(settings.Broker.Address.Scheme);
        var suite = Suite();
        var directory = Directory();
        var options = new NesHostOptions
        {
            Suite = suite,
            Identity = Identity(suite),
            Transport = failed is null ? transport : () => new WatchedTransport(transport(), failed),
            TransportOptions = settings.Broker,
            Directory = directory,
            Receive = receive,
            HoconFile = settings.HoconFile,
            Clock = environment.Clock,
            LoggerFactory = logging,
        };
        return new RunningSession(await NesHost.StartAsync(options, cancellation), directory);
    }
}
