using System.CommandLine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NesActors.Cli.Hosting;
using NesActors.Cli.Settings;
using NesActors.Contracts;

namespace NesActors.Cli.Commands;

/// <summary>One run of a command: what was typed, where it runs, and what it has unlocked.</summary>
internal sealed class Invocation : IDisposable
{
    private readonly GlobalOptions _options;
    private readonly bool _isOneOfSeveral;
    private NesSettings? _settings;

    public Invocation(ParseResult parse, CliEnvironment environment, GlobalOptions options) : this(parse, environment, options, new PluginCatalogs(environment), null)
    {
    }

    private Invocation(ParseResult parse, CliEnvironment environment, GlobalOptions options, PluginCatalogs plugins, string? identityFile)
    {
        (_options, Parse, Environment, Plugins) = (options, parse, environment, plugins);
        _isOneOfSeveral = identityFile is not null;
        ConfigFiles = identityFile is null ? parse.GetValue(options.Config) ?? [] : [identityFile];
        Descriptors = new SecretDescriptors(environment);
        Keyrings = new Keyrings(what => options.Passphrase.Read(this, what));
    }

    /// <summary>What was typed.</summary>
    public ParseResult Parse { get; }

    /// <summary>Where it runs.</summary>
    public CliEnvironment Environment { get; }

    /// <summary>The plugins, shared by all identities of the run.</summary>
    public PluginCatalogs Plugins { get; }

    /// <summary>What was read from file descriptors.</summary>
    public SecretDescriptors Descriptors { get; }

    /// <summary>What was unlocked.</summary>
    public Keyrings Keyrings { get; }

    /// <summary>Where the passphrase of the identity comes from.</summary>
    public PassphraseOptions Passphrase => _options.Passphrase;

    /// <summary>The streams.</summary>
    public TextWriter Out => Environment.Out;

    /// <summary>Errors, notices, progress.</summary>
    public TextWriter Error => Environment.Error;

    /// <summary>Whether a program reads what is told.</summary>
    public bool IsJson => Parse.GetValue(_options.Json);

    /// <summary>Whether to log.</summary>
    public bool Verbose => Parse.GetValue(_options.Verbose);

    /// <summary>The settings, looked at; read at the first use.</summary>
    public NesSettings Settings => _settings ??= Reader().Read();

    /// <summary>The settings for a user that something else than the person names: a backup.</summary>
    /// <exception cref="CliException">The person named another, or a setting makes no sense.</exception>
    public NesSettings SettingsOf(Username user)
    {
        var given = new Dictionary<string, string>(Given, StringComparer.Ordinal);
        if (given.GetValueOrDefault(SettingKeys.User.Name) is { } named && !named.Equals(user.Value, StringComparison.OrdinalIgnoreCase))
            throw CliException.Usage($"this is of {user}, not of {named}");
        given[SettingKeys.User.Name] = user.Value;
        return new SettingsReader(SettingSources.Read(given, Environment, ConfigFile, mayBeMissing: false), Environment).Read();
    }

    /// <summary>The settings with another broker than the one of option, environment or file.</summary>
    public SettingsReader ReaderAt(string broker)
    {
        var given = new Dictionary<string, string>(Given, StringComparer.Ordinal) { [SettingKeys.Broker.Name] = broker };
        return new SettingsReader(SettingSources.Read(given, Environment, ConfigFile, mayBeMissing: false), Environment);
    }

    /// <summary>The log: standard error under <c>--verbose</c>, else nowhere.</summary>
    public ILoggerFactory Logging => Verbose ? new ErrorStreamLogging(Environment, LogLevel.Debug) : NullLoggerFactory.Instance;

    /// <summary>The log of a server: always there, and longer under <c>--verbose</c>.</summary>
    /// <param name="json">One JSON object a line.</param>
    public ILoggerFactory ServerLogging(bool json) => new ErrorStreamLogging(Environment, Verbose ? LogLevel.Debug : LogLevel.Information, json);

    /// <summary>The configuration file that was asked for; <see langword="null"/> where none was.</summary>
    public string? ConfigFile => ConfigFiles.SingleOrDefault();

    /// <summary>The configuration files that were asked for: one for each identity where there are several.</summary>
    public IReadOnlyList<string> ConfigFiles { get; }

    /// <summary>The settings that every command takes and that were given as options, by their names.</summary>
    public IReadOnlyDictionary<string, string> Given => _options.Given(Parse);

    /// <summary>The same command for one of several identities: what its file says goes before the environment. The caller disposes it.</summary>
    public Invocation OfIdentity(string configFile) => new(Parse, Environment, _options, Plugins, configFile);

    /// <summary>Where the settings come from.</summary>
    /// <param name="mayBeMissing">Whether the configuration file may be about to be written.</param>
    public SettingSources Sources(bool mayBeMissing = false)
    {
        var sources = SettingSources.Read(Given, Environment, ConfigFile, mayBeMissing, fileFirst: _isOneOfSeveral);
        if (Verbose)
        {
            foreach (var name in sources.UnknownKeys(SettingKeys.Known)) Error.WriteLine($"notice: {sources.ConfigFile} has {name}, which is no setting of this program");
        }
        return sources;
    }

    /// <summary>Looks at the settings.</summary>
    public SettingsReader Reader() => new(Sources(), Environment);

    /// <summary>What makes sessions of the user, or of another.</summary>
    public SessionFactory Session(NesSettings? settings = null) => new(settings ?? Settings, this);

    /// <summary>Tells what was done: in sentences, or as one JSON object.</summary>
    /// <param name="sentences">A line each; those that are missing are left out.</param>
    /// <param name="members">The members of the object.</param>
    public void Tell(IEnumerable<string?> sentences, params IEnumerable<(string Name, object? Value)> members)
    {
        if (IsJson) Out.WriteLine(JsonLine.Of(members));
        else foreach (var sentence in sentences.OfType<string>()) Out.WriteLine(sentence);
    }

    /// <summary>Forgets what was unlocked.</summary>
    public void Dispose()
    {
        Keyrings.Dispose();
        Descriptors.Dispose();
    }

    /// <summary>The value of an option or argument of the command.</summary>
    public T? Get<T>(Option<T> option) => Parse.GetValue(option);

    /// <summary>The value of an option or argument of the command.</summary>
    public T? Get<T>(Argument<T> argument) => Parse.GetValue(argument);
}
