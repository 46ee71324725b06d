using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Settings;

/// <summary>
/// Where settings come from: an option before the environment, the environment before the file, the file before the default. A variable that is
/// set and empty hides the file's, as in the original; empty then means the default. Where a process has several identities, what the file of one says
/// of it goes before the environment, which is all the process's.
/// </summary>
internal sealed class SettingSources
{
    /// <summary>The source of what nobody set.</summary>
    public const string Default = "default";

    private readonly IReadOnlyDictionary<string, string> _options;
    private readonly CliEnvironment _environment;
    private readonly IReadOnlyDictionary<string, string> _file;

    private SettingSources(IReadOnlyDictionary<string, string> options, CliEnvironment environment, string configFile, IReadOnlyDictionary<string, string> file) =>
        (_options, _environment, ConfigFile, _file) = (options, environment, configFile, file);

    /// <summary>The configuration file, whether it is there or not.</summary>
    public string ConfigFile { get; }

    /// <summary>Whether the file goes before the environment.</summary>
    public bool IsFileFirst { get; init; }

    /// <summary>The same with more options.</summary>
    public SettingSources With(IReadOnlyDictionary<string, string> options) =>
        new(_options.Concat(options).ToDictionary(StringComparer.Ordinal), _environment, ConfigFile, _file) { IsFileFirst = IsFileFirst };

    /// <summary>Names in the configuration file that are none of these settings.</summary>
    public IEnumerable<string> UnknownKeys(IReadOnlyList<SettingKey> known) => _file.Keys.Where(name => known.All(key => key.Name != name));

    /// <summary>Where the program keeps keys and configuration.</summary>
    public static string FolderOf(CliEnvironment environment) => Path.Combine(environment.Home, ".nes");

    /// <summary>Reads the configuration file.</summary>
    /// <param name="options">The options that were given, by the name of the setting.</param>
    /// <param name="environment">Variables and home folder.</param>
    /// <param name="configFile">The file that was asked for; <see langword="null"/>: <c>~/.nes/config</c>, which need not be there.</param>
    /// <param name="mayBeMissing">Whether the file that was asked for need not be there either: it is about to be written.</param>
    /// <param name="fileFirst">Whether the file goes before the environment.</param>
    public static SettingSources Read(IReadOnlyDictionary<string, string> options, CliEnvironment environment, string? configFile, bool mayBeMissing, bool fileFirst = false)
    {
        var path = configFile ?? Path.Combine(FolderOf(environment), "config");
        return new SettingSources(options, environment, path, ReadFile(path, environment, mayBeMissing || configFile is null)) { IsFileFirst = fileFirst };
    }

    /// <summary>Options and environment alone.</summary>
    public static SettingSources WithoutFile(IReadOnlyDictionary<string, string> options, CliEnvironment environment) =>
        new(options, environment, "", new Dictionary<string, string>());

    /// <summary>What a setting says.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="otherwise">Its default.</param>
    public SettingValue Get(SettingKey key, string otherwise = "")
    {
        if (_options.GetValueOrDefault(key.Name) is { Length: > 0 } option) return new SettingValue(key, option, $"option {key.Short ?? key.Option}");
        var stored = _file.GetValueOrDefault(key.Name) is { Length: > 0 } text ? new SettingValue(key, text, ConfigFile) : null;
        if (IsFileFirst && stored is not null) return stored;
        if (_environment.Variables.TryGetValue(key.Name, out var variable))
        {
            return variable.Length > 0 ? new SettingValue(key, variable, "environment") : new SettingValue(key, otherwise, Default);
        }
        return stored ?? new SettingValue(key, otherwise, Default);
    }

    /// <summary>Whether a value was said nearer than the environment is.</summary>
    public bool GoesBeforeEnvironment(SettingValue value) => value.IsSet && (_options.ContainsKey(value.Key.Name) || (IsFileFirst && value.Source == ConfigFile));

    /// <summary>The full path of what a person wrote as one; <c>~/</c> is the home folder.</summary>
    public static string FullPath(string path, CliEnvironment environment)
    {
        var expanded = path is ['~', '/', .. var rest] ? Path.Combine(environment.Home, rest) : path;
        return Path.GetFullPath(InWorkingFolder(expanded, environment));
    }

    private static string InWorkingFolder(string path, CliEnvironment environment) => Path.Combine(environment.WorkingFolder ?? "", path);

    private static IReadOnlyDictionary<string, string> ReadFile(string path, CliEnvironment environment, bool mayBeMissing)
    {
        var place = InWorkingFolder(path, environment);
        // Most people have none; an exception to find that out would cost milliseconds at every start.
        if (mayBeMissing && !File.Exists(place)) return new Dictionary<string, string>();
        try
        {
            return DotEnv.Parse(File.ReadAllText(place));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(ExitCode.NotFound, $"there is no configuration file {path}; make it with: nes config -S -c {path}", error);
        }
        catch (FormatException error)
        {
            throw new CliException(ExitCode.Usage, $"configuration file {path}, {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Usage, $"configuration file {path} cannot be read: {error.Message}", error);
        }
    }
}
