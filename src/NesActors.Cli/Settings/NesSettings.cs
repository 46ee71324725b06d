using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Contacts;
using NesActors.Core.Storage;

namespace NesActors.Cli.Settings;

/// <summary>The settings of a command, looked at and typed.</summary>
internal sealed record NesSettings
{
    /// <summary>Who the user is.</summary>
    public required Username User { get; init; }

    /// <summary>Where to connect to and how.</summary>
    public required TransportOptions Broker { get; init; }

    /// <summary>The transport to connect by, by a name that it provides; <see langword="null"/>: the one for the address's scheme.</summary>
    public string? Transport { get; init; }

    /// <summary>How long the broker keeps what arrives while nobody takes the user's mail; zero: not at all.</summary>
    public TimeSpan BrokerSession { get; init; }

    /// <summary>The key directory: <c>http</c>, <c>https</c> or <c>file</c>.</summary>
    public required Uri Provider { get; init; }

    /// <summary>Public key of the key directory; <see langword="null"/>: that of the default one, which is built in.</summary>
    public string? ProviderKeyFile { get; init; }

    /// <summary>The proxy to the key directory; <see langword="null"/>: the system's.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The only authorities for an <c>https</c> key directory; <see langword="null"/>: the system's.</summary>
    public string? ProviderCaFile { get; init; }

    /// <summary>Files of the user's keys by the entry names of a key store.</summary>
    public required IReadOnlyDictionary<string, string> KeyFiles { get; init; }

    /// <summary>The file of the user's keyring, where a passphrase protects the private keys: beside the sign key, whether it is there or not.</summary>
    public string KeyringFile => Path.Combine(KeyFolder, $"{User}-keyring");

    /// <summary>The folder of what belongs to the private sign key, the keys of other suites for instance: two identities of the same name do not share them.</summary>
    public string KeyFolder => Path.GetDirectoryName(KeyFiles["rsa-sign"])!;

    /// <summary>The folder of the user's durable memory.</summary>
    public required string StateFolder { get; init; }

    /// <summary>How long messages are kept there.</summary>
    public HistoryRetention History { get; init; } = HistoryRetention.Forever;

    /// <summary>What a session does by itself about strangers and changed keys.</summary>
    public ContactPolicy ContactPolicy { get; init; } = new();

    /// <summary>The folder of the program's own files, <c>~/.nes</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether private keys that others can read are used all the same.</summary>
    public bool AllowOpenKeys { get; init; }

    /// <summary>The crypto suite's name.</summary>
    public required string Suite { get; init; }

    /// <summary>Folders with plugins, besides the program's own.</summary>
    public required IReadOnlyList<string> PluginFolders { get; init; }

    /// <summary>HOCON before the built-in settings of the actor system.</summary>
    public string? HoconFile { get; init; }

    /// <summary>The configuration file, whether it is there or not.</summary>
    public required string ConfigFile { get; init; }
}
