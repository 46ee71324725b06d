namespace NesActors.Cli.Settings;

/// <summary>What a setting says before anybody looked at it, and who said it.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Text">The text; empty where nobody set it and there is no default.</param>
/// <param name="Source">Where it came from, for a person: <c>option -b</c>, <c>environment</c>, a file's name, <c>default</c>.</param>
internal sealed record SettingValue(SettingKey Key, string Text, string Source)
{
    /// <summary>Whether there is anything.</summary>
    public bool IsSet => Text.Length > 0;

    /// <summary>The setting, what it says and who said it, without what must not be shown.</summary>
    public override string ToString() => $"{Key.Name} = {Mask.Value(Key, Text)} ({Source})";

    /// <summary>The error for a value that makes no sense.</summary>
    /// <param name="right">What would be right.</param>
    public CliException Wrong(string right) => CliException.Usage($"{Key.Name} is '{Mask.Value(Key, Text)}' (from {Source}): {right}");
}
