using Microsoft.Extensions.Logging;
using NesActors.Cli.Commands;
using NesActors.Cli.Settings;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;
using NesActors.Core.Attach;
using NesActors.Core.Hosting;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Core.KeyDirectory.Trust;
using NesActors.Core.Keys;
using NesActors.Core.Protection;
using NesActors.Core.Storage.State;
using NesActors.Core.Suites;
using NesActors.Plugins;

namespace NesActors.Cli.Hosting;

/// <summary>The composition root: settings → plugins → keys → session.</summary>
/// <param name="settings">Whose session, and where.</param>
/// <param name="run">The command: its environment, and what it unlocks.</param>
internal sealed class SessionFactory(NesSettings settings, Invocation run)
{
    private IReadOnlyList<string>? _entries;

    /// <summary>The plugins: those beside the program, then those of the settings.</summary>
    public PluginCatalog Catalog { get; } = run.Plugins.Of(settings.PluginFolders);

    /// <summary>What makes the transport's connections.</summary>
    /// <exception cref="CliException">The one that was asked for does not take such addresses.</exception>
    /// <exception cref="PluginException">There is none, or it cannot be loaded.</exception>
    public Func<ITransport> Transport()
    {
        var scheme = settings.Broker.Address.Scheme;
        if (settings.Transport is { } name && !Catalog.SchemesOf(name).Contains(scheme))
            throw CliException.Usage($"transport {name} does not take the address {settings.Broker}; give it one: -b {string.Join(", ", Catalog.SchemesOf(name).Select(known => $"{known}://…"))} ({SettingKeys.Broker.Name})");
        return Catalog.Transport(scheme);
    }

    /// <summary>The crypto suites of the settings.</summary>
    public InstalledSuites Suites => field ??= new InstalledSuites(Catalog, settings.Suite, run.Environment.Clock);

    /// <summary>What the user's own keys are for: the suite of the settings, or all that are used.</summary>
    /// <exception cref="PluginException">There is no such suite, or it does not work.</exception>
    public ICryptoSuite Suite() => Suites.Own();

    /// <summary>Whether a passphrase protects the private keys.</summary>
    public bool IsProtected => Keyring.IsThere(Files());

    /// <summary>Whether there are private keys, as far as can be seen without a passphrase.</summary>
    public bool HasPrivateKeys => IsProtected || settings.KeyFiles.Any(file => FileKeyStore.IsSecret(file.Key) && File.Exists(file.Value));

    /// <summary>Where the user's keys lie; asks for the passphrase at the first time, where one protects them.</summary>
    /// <param name="keepExisting">Whether keys that are there stay.</param>
    public IKeyStore Keys(bool keepExisting = false) =>
        Unlock() is { } keyring ? new KeyringKeyStore(keyring, Files(keepExisting), keepExisting) : Files(keepExisting);

    /// <summary>The user's unlocked keyring; it ends with the command.</summary>
    /// <returns><see langword="null"/> where no passphrase protects the keys.</returns>
    public Keyring? Unlock() => IsProtected ? run.Keyrings.Unlock(Files()) : null;

    /// <summary>The file in which an entry lies, or would.</summary>
    public string PlaceOf(string name) => Files().PathOf(KeyringKeyStore.Holds(name) && IsProtected ? Keyring.Entry : name);

    /// <summary>The user's key files: all keys, or those that no passphrase protects.</summary>
    /// <param name="keepExisting">Whether keys that are there stay.</param>
    public FileKeyStore Files(bool keepExisting = false) => new(new FileKeyStoreOptions(settings.User, settings.KeyFolder)
    {
        Files = IdentityEntries.Files(settings),
        AllowOpenKeys = settings.AllowOpenKeys,
        KeepExisting = keepExisting,
    });

    /// <summary>The entries that the user's keys may lie in, those of every installed suite: a key of one that is not in use now is as secret.</summary>
    public IReadOnlyList<string> Entries() => _entries ??= IdentityEntries.All(settings, Catalog.Names(PluginKind.Suite).SelectMany(EntriesOf));

    /// <summary>The files of the user's private keys, whether they are there or not.</summary>
    public IEnumerable<string> PrivateFiles() => Entries().Where(FileKeyStore.IsSecret).Select(Files().PathOf);

    /// <summary>What puts the keys under a passphrase, or takes them from under it.</summary>
    /// <param name="progress">Told before each step.</param>
    public IdentityProtection Protection(IProgress<string>? progress = null) => new(Files(), Entries(), settings.StateFolder, progress);

    /// <summary>The user's own keys.</summary>
    /// <exception cref="CliException">There are none.</exception>
    /// <exception cref="KeyException">They cannot be used.</exception>
    public ILocalIdentity Identity(ICryptoSuite suite) => With(keys => suite.LoadIdentity(settings.User, keys, run.Environment.Clock));

    /// <summary>Where other people's keys come from.</summary>
    /// <param name="memory">What is remembered of directories.</param>
    public IKeyDirectorySource Directory(IDirectoryMemory memory) => KeyDirectories.Open(settings, run.Environment, memory);

    /// <summary>The user's durable memory, opened at its first use.</summary>
    public StateStore State() => new(settings.StateFolder, run.Environment.Clock);

    /// <summary>Starts a session that takes the user's mail, and shares it with other processes.</summary>
    /// <param name="held">The right to it, which the session keeps.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<RunningSession> StartAsync(StateLock held, CancellationToken cancellation) => HoldingAsync(held, async () =>
    {
        Unlock();
        var make = Transport();
        var state = State();
        var session = await StartAsync(held, new Parts(make, Directory(state), state) { Receive = true }, cancellation);
        try
        {
            var owner = new OwnerInfo(settings.User, settings.Broker.ToString(), settings.Provider.ToString(), Environment.ProcessId, run.Environment.Clock.GetUtcNow());
            await session.ShareAsync(owner, new HandedOverCommands(run.Environment, new RunningHere(settings.StateFolder, owner, session.Messenger)).RunAsync, cancellation);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    });

    /// <summary>Starts a session that only sends, and asks broker and directory while it starts.</summary>
    /// <param name="held">The right to it, which the session keeps.</param>
    /// <param name="recipients">To whom it will send.</param>
    /// <param name="resume">What it handed to an earlier session, which ended.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<RunningSession> StartSendingAsync(
        StateLock held, IEnumerable<Username> recipients, IReadOnlyCollection<MessageId> resume, CancellationToken cancellation) => HoldingAsync(held, async () =>
    {
        Unlock();
        var make = Transport();
        var state = State();
        var directory = new EarlyLookups(Directory(state), recipients, cancellation);
        ITransport? early = new EarlyTransport(make(), settings.Broker);
        try
        {
            return await StartAsync(held, new Parts(() => Interlocked.Exchange(ref early, null) ?? make(), directory, state) { Resume = resume }, cancellation);
        }
        catch
        {
            if (Interlocked.Exchange(ref early, null) is { } unused) await unused.DisposeAsync();
            directory.Dispose();
            state.Dispose();
            throw;
        }
    });

    /// <summary>What cannot be started lets go of the folder.</summary>
    private static async Task<RunningSession> HoldingAsync(StateLock held, Func<Task<RunningSession>> start)
    {
        try
        {
            return await start();
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private async Task<RunningSession> StartAsync(StateLock held, Parts parts, CancellationToken cancellation)
    {
        foreach (var notUsed in Catalog.Unsafe) run.Error.WriteLine($"warning: {notUsed}");
        var suite = With(keys => Suites.OfSession(settings.User, keys, run.Logging.CreateLogger<InstalledSuites>(), cancellation));
        var options = new NesHostOptions
        {
            Suite = suite,
            Identity = Identity(suite),
            Transport = parts.Transport,
            TransportOptions = parts.Receive ? Durable(parts.State) : settings.Broker,
            Directory = parts.Directory,
            State = parts.State,
            KeyWrap = Unlock()?.StoreWrap,
            History = settings.History,
            ContactPolicy = settings.ContactPolicy,
            Receive = parts.Receive,
            Resume = parts.Resume,
            HoconFile = settings.HoconFile,
            Clock = run.Environment.Clock,
            LoggerFactory = run.Logging,
        };
        var host = await NesHost.StartAsync(options, cancellation);
        return new RunningSession(host, parts.Receive ? new RecordRenewal(options.Identity, parts.Directory, KeeperOf(parts.Directory, suite), options.Clock, options.LoggerFactory) : null, parts.Directory, parts.State, held);
    }

    /// <summary>Where the user's record is renewed: a folder itself, or a directory by the user's signature.</summary>
    private OtherInstallation? KeeperOf(IKeyDirectorySource directory, JoinedSuite suite)
    {
        if (directory is not HttpKeyDirectory http) return directory is IRecordKeeper keeper ? new OtherInstallation(keeper, directory, suite) : null;
        // Opened now: nobody is asked for a passphrase while a session runs.
        var keys = Keys();
        return new OtherInstallation(new StatementPublisher(http, () => OwnerKeys.ReadSignKey(keys), run.Environment.Clock), http, suite);
    }

    /// <summary>Uses the key store; that a key is missing is told by its file. The last that was asked for: those before it need not be there.</summary>
    private T With<T>(Func<IKeyStore, T> use)
    {
        var keys = Keys();
        try
        {
            return use(keys);
        }
        catch (KeyException error) when (error.Message.EndsWith("is missing.", StringComparison.Ordinal) && (keys as FileKeyStore)?.Missing.LastOrDefault(path => !path.EndsWith(".pub", StringComparison.Ordinal)) is { } missing)
        {
            throw new CliException(ExitCode.NotFound, $"{settings.User} has no key {missing}; make keys with: nes generate -u {settings.User}", error);
        }
    }

    /// <summary>A suite that cannot be loaded has none that anybody could know; <c>nes plugins</c> says why.</summary>
    private IReadOnlyList<string> EntriesOf(string suite)
    {
        try
        {
            return Catalog.Suite(suite).KeyEntries;
        }
        catch (PluginException)
        {
            return [];
        }
    }

    /// <summary>In what the two kinds of session differ.</summary>
    private sealed record Parts(Func<ITransport> Transport, IKeyDirectorySource Directory, StateStore State)
    {
        public bool Receive { get; init; }

        public IReadOnlyCollection<MessageId> Resume { get; init; } = [];
    }

    /// <summary>The broker knows the session by the installation's name. One that only sends is known by no name: it would take that of the one that receives.</summary>
    private TransportOptions Durable(StateStore state) => settings.BrokerSession == TimeSpan.Zero
        ? settings.Broker
        : settings.Broker with { ClientId = state.InstallationName(), SessionExpiry = settings.BrokerSession };
}
