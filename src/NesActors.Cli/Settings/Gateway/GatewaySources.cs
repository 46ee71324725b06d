namespace NesActors.Cli.Settings.Gateway;

/// <summary>
/// Where the settings of a gateway come from: options, variables, and the configuration files of all whom it serves, which may say it all in one of them. A name that is none of theirs is an error: a
/// server must not run without a limit because of a slip of the pen.
/// </summary>
/// <param name="files">The sources with each of the files.</param>
internal sealed class GatewaySources(IReadOnlyList<SettingSources> files)
{
    /// <summary>Reads the configuration files.</summary>
    /// <param name="options">The options that were given, by the name of the setting.</param>
    /// <param name="environment">Variables and home folder.</param>
    /// <param name="configFiles">The files that were asked for; none: <c>~/.nes/config</c>, which need not be there.</param>
    /// <exception cref="CliException">A name begins as theirs do and is none of them.</exception>
    public static GatewaySources Read(IReadOnlyDictionary<string, string> options, CliEnvironment environment, IReadOnlyList<string> configFiles)
    {
        if (environment.Variables.Keys.FirstOrDefault(IsUnknown) is { } variable) throw Unknown("the environment", variable);
        List<SettingSources> files = [.. configFiles.DefaultIfEmpty(null).Select(file => SettingSources.Read(options, environment, file, mayBeMissing: false))];
        foreach (var file in files)
        {
            if (file.UnknownKeys(GatewaySettingKeys.All).FirstOrDefault(IsUnknown) is { } name) throw Unknown($"configuration file {file.ConfigFile}", name);
        }
        return new GatewaySources(files);
    }

    /// <summary>What a setting says.</summary>
    /// <exception cref="CliException">Two files say different things, and nothing that goes before them says anything.</exception>
    public SettingValue Get(SettingKey key)
    {
        var said = files.Select(file => file.Get(key, GatewaySettingKeys.DefaultOf(key))).Where(value => value.Source != SettingSources.Default).DistinctBy(value => value.Text).ToList();
        return said switch
        {
            [] => files[0].Get(key, GatewaySettingKeys.DefaultOf(key)),
            [var value] => value,
            [var first, var second, ..] => throw CliException.Usage(
                $"{key.Name} is '{first.Text}' in {first.Source} and '{second.Text}' in {second.Source}: there is one gateway for both; say it in one of them, or with {key.Option}"),
        };
    }

    private static bool IsUnknown(string name) => name.StartsWith(GatewaySettingKeys.Prefix, StringComparison.Ordinal) && GatewaySettingKeys.All.All(key => key.Name != name);

    private static CliException Unknown(string where, string name) => CliException.Usage($"{where} has {name}, which is no setting of a gateway; see: nes serve --help");
}
