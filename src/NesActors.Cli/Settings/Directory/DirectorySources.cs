namespace NesActors.Cli.Settings.Directory;

/// <summary>Where the settings of a directory come from: options, variables, and a file if one is named. A name that is none of theirs is an error: a server must not run without a limit because of a slip of the pen.</summary>
internal static class DirectorySources
{
    public static SettingSources Read(IReadOnlyDictionary<string, string> options, CliEnvironment environment, string? configFile)
    {
        var sources = configFile is null ? SettingSources.WithoutFile(options, environment) : SettingSources.Read(options, environment, Path.GetFullPath(configFile), mayBeMissing: false);
        if (sources.UnknownKeys(DirectorySettingKeys.All).FirstOrDefault() is { } unknown)
            throw CliException.Usage($"configuration file {sources.ConfigFile} has {unknown}, which is no setting of a directory; see: nes directory serve --help");
        if (environment.Variables.Keys.FirstOrDefault(IsUnknown) is { } variable)
            throw CliException.Usage($"the environment has {variable}, which is no setting of a directory; see: nes directory serve --help");
        if (configFile is not null && DirectorySettingKeys.All.Any(key => key.IsSecret && sources.Get(key) is { IsSet: true } value && value.Source == sources.ConfigFile))
            Secrets.RequireClosed(sources.ConfigFile);
        return sources;
    }

    private static bool IsUnknown(string name) => name.StartsWith(DirectorySettingKeys.Prefix, StringComparison.Ordinal) && DirectorySettingKeys.All.All(key => key.Name != name);
}
