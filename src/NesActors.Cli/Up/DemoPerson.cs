using NesActors.Cli.Commands;
using NesActors.Cli.Hosting;
using NesActors.Cli.Settings;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Attach;
using NesActors.Core.KeyDirectory.Owner;
using NesActors.Core.Suites;

namespace NesActors.Cli.Up;

/// <summary>One of the two of the demo: keys in the network's folder, a session like any other.</summary>
internal sealed class DemoPerson : IAsyncDisposable
{
    private readonly Invocation _run;
    private readonly SessionFactory _factory;
    private RunningSession? _session;

    public DemoPerson(Username name, LocalNetwork network, Invocation run)
    {
        _run = run;
        Name = name;
        Settings = SettingsOf(name, network, run);
        _factory = run.Session(Settings);
    }

    /// <summary>The name.</summary>
    public Username Name { get; }

    /// <summary>The settings, as a command would have them.</summary>
    public NesSettings Settings { get; }

    /// <summary>The session.</summary>
    public IMessenger Messenger => _session?.Messenger ?? throw new InvalidOperationException("The session has not started.");

    /// <summary>Makes keys where there are none yet.</summary>
    /// <returns>Their fingerprint.</returns>
    public Fingerprint MakeKeys(CancellationToken cancellation)
    {
        var suite = _factory.Suite();
        if (!_factory.IsProtected && !Settings.KeyFiles.Values.All(File.Exists)) suite.GenerateKeys(Name, _factory.Keys(), new KeyGenerationOptions(), cancellation);
        using var identity = _factory.Identity(suite);
        return identity.Fingerprint;
    }

    /// <summary>Registers the keys and publishes what they say for suites, as <c>nes register</c> does; a folder that was used before has them at the directory already.</summary>
    public async Task RegisterAsync(CancellationToken cancellation)
    {
        using var own = OwnSession.Open(_run, Settings);
        using var identity = _factory.Identity(own.RsaSuite());
        using var signKey = OwnerKeys.ReadSignKey(_factory.Keys());
        var result = await own.Directory.RegisterAsync(Name, $"{Name}@example.org", identity.PublicRecord, signKey, cancellation);
        if (result is not RegistrationResult.Registered && !await own.ShowsAsync(identity.PublicRecord, cancellation))
            throw new CliException(Contracts.FrontEnd.ExitCode.Refused, $"the key directory {own.Directory.Address.Authority} did not register {Name}: {result}");
        // Not left to the session, which does it beside its work: the first message would go before, by the older suite.
        await own.PublishAsync(_run, cancellation);
    }

    /// <summary>Starts the session and waits for its connection.</summary>
    public async Task ConnectAsync(CancellationToken cancellation)
    {
        var held = StateLock.TryTake(Settings.StateFolder) ?? throw CliException.Usage($"another nes uses {Settings.StateFolder}: end it first");
        _session = await _factory.StartAsync(held, cancellation);
        await foreach (var item in Messenger.EventsAsync(Messenger.StartCursor, cancellation))
        {
            if (item is ConnectionChanged { State: ConnectionState.Online }) return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
    }

    private static NesSettings SettingsOf(Username name, LocalNetwork network, Invocation run) => new()
    {
        User = name,
        Broker = network.Transport,
        Provider = network.Directory,
        ProviderKeyFile = network.DirectoryKeyFile,
        Folder = network.Folder,
        KeyFiles = new[] { "rsa-message", "rsa-message.pub", "rsa-sign", "rsa-sign.pub" }
            .ToDictionary(entry => entry, entry => Path.Combine(network.Folder, $"{name}-{entry}")),
        StateFolder = Path.Combine(network.Folder, $"{name}.state"),
        Suite = JoinedSuite.Auto,
        PluginFolders = run.Reader().PluginFolders(),
        ConfigFile = "",
    };
}
