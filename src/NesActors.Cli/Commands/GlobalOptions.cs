using System.CommandLine;
using NesActors.Cli.Settings;

namespace NesActors.Cli.Commands;

/// <summary>The options that every command takes, before or after its name: one for each setting, the configuration file, and how much to tell.</summary>
internal sealed class GlobalOptions
{
    private readonly SettingOptions _settings = new(SettingKeys.All, recursive: true);

    /// <summary>The configuration file. A command that serves several identities takes one for each.</summary>
    public Option<string[]> Config { get; } = new("--config", "-c")
    {
        Recursive = true,
        HelpName = "FILE",
        Description = "Configuration file with lines KEY = value, the keys in brackets; default ~/.nes/config",
    };

    /// <summary>Whether to log.</summary>
    public Option<bool> Verbose { get; } = new("--verbose") { Recursive = true, Description = "Log to standard error; never what messages say" };

    /// <summary>Whether a program reads what is told: taken by each command that tells anything.</summary>
    public Option<bool> Json { get; } = CommonOptions.Json();

    /// <summary>Where the passphrase of protected keys comes from.</summary>
    public PassphraseOptions Passphrase { get; } = PassphraseOptions.OfIdentity();

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [.. _settings.All, Config, Passphrase.Descriptor, Verbose];

    /// <summary>Whether the arguments ask for the log, for errors that come before or after the parser's work.</summary>
    public static bool IsVerbose(IReadOnlyList<string> arguments) => arguments.Contains("--verbose");

    /// <summary>The settings that were given as options, by their names.</summary>
    public IReadOnlyDictionary<string, string> Given(ParseResult parse) => _settings.Given(parse);
}
