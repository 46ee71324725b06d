using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Settings;

/// <summary>
/// Where settings come from: an option before the environment, the environment before the file, the file before the default. A variable that is
/// set and empty hides the file's, as in the original; empty then means the default.
/// </summary>
internal sealed class SettingSources
{
    private readonly IReadOnlyDictionary<string, string> _options;
    private readonly CliEnvironment _environment;
    private readonly IReadOnlyDictionary<string, string> _file;

    private SettingSources(IReadOnlyDictionary<string, string> options, CliEnvironment environment, string configFile, IReadOnlyDictionary<string, string> file) =>
        (_options, _environment, ConfigFile, _file) = (options, environment, configFile, file);

    /// <summary>The configuration file, whether it is there or not.</summary>
    public string ConfigFile { get; }

    /// <summary>Names in the configuration file that are none of these settings.</summary>
    public IEnumerable<string> UnknownKeys(IReadOnlyList<SettingKey> known) => _file.Keys.Where(name => known.All(key => key.Name != name));

    /// <summary>Where the program keeps keys and configuration.</summary>
    public static string FolderOf(CliEnvironment environment) => Path.Combine(environment.Home, ".nes");

    /// <summary>Reads the configuration file.</summary>
    /// <param name="options">The options that were given, by the name of the setting.</param>
    /// <param name="environment">Variables and home folder.</param>
    /// <param name="configFile">The file that was asked for; <see langword="null"/>: <c>~/.nes/config</c>, which need not be there.</param>
    /// <param name="mayBeMissing">Whether the file that was asked for need not be there either: it is about to be written.</param>
    public static SettingSources Read(IReadOnlyDictionary<string, string> options, CliEnvironment environment, string? configFile, bool mayBeMissing)
    {
        var path = configFile ?? Path.Combine(FolderOf(environment), "config");
        return new SettingSources(options, environment, path, ReadFile(path, mayBeMissing || configFile is null));
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
        if (_environment.Variables.TryGetValue(key.Name, out var variable))
        {
            return variable.Length > 0 ? new SettingValue(key, variable, "environment") : new SettingValue(key, otherwise, "default");
        }
        return _file.GetValueOrDefault(key.Name) is { Length: > 0 } stored
            ? new SettingValue(key, stored, ConfigFile)
            : new SettingValue(key, otherwise, "default");
    }

    private static IReadOnlyDictionary<string, string> ReadFile(string path, bool mayBeMissing)
    {
        // Most people have none; an exception to find that out would cost milliseconds at every start.
        if (mayBeMissing && !File.Exists(path)) return new Dictionary<string, string>();
        try
        {
            return DotEnv.Parse(File.ReadAllText(path));
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
