namespace NesActors.Cli.Settings;

/// <summary>One setting: its name in the environment and the configuration file, and its option.</summary>
/// <param name="Name">The name in the environment and the file.</param>
/// <param name="Help">What it is, for the help.</param>
internal sealed record SettingKey(string Name, string Help)
{
    /// <summary>The long option; <see langword="null"/> where there is none (a password would be seen by every user of the machine).</summary>
    public string? Option { get; init; }

    /// <summary>The short option of the original, where it has one.</summary>
    public string? Short { get; init; }

    /// <summary>What stands for the value in the help.</summary>
    public string ValueName { get; init; } = "FILE";

    /// <summary>Never to be shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>An address that may hold a password.</summary>
    public bool IsAddress { get; init; }

    /// <summary>Several values, with commas between; the option is given once for each.</summary>
    public bool IsList { get; init; }

    /// <summary>An option without value, which means <c>yes</c>.</summary>
    public bool IsSwitch { get; init; }
}
