using System.CommandLine;
using NesActors.Cli.Settings;

namespace NesActors.Cli.Commands;

/// <summary>An option for each of some settings that may be given as one.</summary>
internal sealed class SettingOptions
{
    private readonly Dictionary<string, Option> _options = [];

    /// <param name="keys">The settings.</param>
    /// <param name="recursive">Whether commands below take them too.</param>
    public SettingOptions(IEnumerable<SettingKey> keys, bool recursive)
    {
        foreach (var key in keys)
        {
            if (key.Option is null) continue;
            Option option = key switch
            {
                { IsSwitch: true } => new Option<bool>(key.Option),
                { IsList: true } => new Option<string[]>(key.Option) { HelpName = key.ValueName },
                _ => new Option<string>(key.Option) { HelpName = key.ValueName },
            };
            if (key.Short is not null) option.Aliases.Add(key.Short);
            option.Description = $"{key.Help} [{key.Name}]";
            option.Recursive = recursive;
            _options.Add(key.Name, option);
        }
    }

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => _options.Values;

    /// <summary>The settings that were given, by their names.</summary>
    public IReadOnlyDictionary<string, string> Given(ParseResult parse)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, option) in _options)
        {
            if (parse.GetResult(option) is not { Implicit: false }) continue;
            given[name] = option switch
            {
                Option<bool> flag => parse.GetValue(flag) ? "yes" : "no",
                Option<string[]> list => string.Join(',', parse.GetValue(list) ?? []),
                _ => parse.GetValue((Option<string>)option) ?? "",
            };
        }
        return given;
    }
}
