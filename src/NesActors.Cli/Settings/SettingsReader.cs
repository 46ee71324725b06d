using System.Globalization;
using NesActors.Contracts;
using NesActors.Contracts.Transport;
using NesActors.Core.Contacts;
using NesActors.Core.Storage;
using NesActors.Core.Suites;

namespace NesActors.Cli.Settings;

/// <summary>Looks at what the sources say, and makes typed settings of it or an error that names the setting.</summary>
internal sealed class SettingsReader(SettingSources sources, CliEnvironment environment)
{
    /// <summary>All of them as text, defaults filled in, in the order in which they are shown.</summary>
    public IReadOnlyList<SettingValue> All() => [.. SettingKeys.All.Select(Get)];

    /// <summary>All of them, looked at.</summary>
    /// <exception cref="CliException">One makes no sense.</exception>
    public NesSettings Read() => new()
    {
        User = User(),
        Broker = Broker(),
        Transport = new BrokerSettings(Get, PathOf).Transport(),
        BrokerSession = BrokerSession(),
        Provider = Provider(),
        ProviderKeyFile = PathOf(Get(SettingKeys.ProviderKey)),
        Proxy = Proxy(),
        ProviderCaFile = PathOf(Get(SettingKeys.ProviderCa)),
        KeyFiles = KeyFiles(),
        StateFolder = StateFolder(),
        History = History(),
        ContactPolicy = new ContactPolicy
        {
            Strangers = Strangers(),
            KeyChanges = KeyChanges(),
            SendReadReceipts = IsOn(SettingKeys.ReadReceipts),
            SendDeliveryReceipts = IsOn(SettingKeys.DeliveryReceipts),
            OlderSuite = OlderSuite(),
        },
        Folder = SettingSources.FolderOf(environment),
        AllowOpenKeys = AllowOpenKeys(),
        Suite = Get(SettingKeys.Suite).Text,
        PluginFolders = PluginFolders(),
        HoconFile = PathOf(Get(SettingKeys.Hocon)),
        ConfigFile = sources.ConfigFile,
    };

    /// <summary>Where to connect to and how.</summary>
    /// <exception cref="CliException">It makes no sense.</exception>
    public TransportOptions Broker() => new BrokerSettings(Get, PathOf).Read();

    /// <summary>Folders with plugins, which also commands need that need no user.</summary>
    public IReadOnlyList<string> PluginFolders() =>
        [.. Get(SettingKeys.Plugins).Text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Expand)];

    private SettingValue Get(SettingKey key)
    {
        var value = sources.Get(key, DefaultOf(key));
        // The original lower-cases what a person types.
        return key == SettingKeys.User ? value with { Text = value.Text.ToLowerInvariant() } : value;
    }

    private string DefaultOf(SettingKey key)
    {
        if (key == SettingKeys.Broker) return SettingKeys.DefaultBroker;
        if (key == SettingKeys.Provider) return SettingKeys.DefaultProvider;
        if (key == SettingKeys.User) return environment.SystemUser;
        if (key == SettingKeys.Suite) return JoinedSuite.Auto;
        if (key == SettingKeys.OlderSuite) return "warn";
        if (key == SettingKeys.BrokerProtocol) return "auto";
        if (key == SettingKeys.BrokerSession) return "7";
        if (key == SettingKeys.AllowOpenKeys) return "no";
        if (key == SettingKeys.History) return "on";
        if (key == SettingKeys.Strangers || key == SettingKeys.KeyChanges) return "ask";
        if (key == SettingKeys.ReadReceipts) return "off";
        if (key == SettingKeys.DeliveryReceipts) return "on";
        if (key == SettingKeys.PrivateMessage) return KeyFile("-rsa-message");
        if (key == SettingKeys.PublicMessage) return KeyFile("-rsa-message.pub");
        if (key == SettingKeys.PrivateSign) return KeyFile("-rsa-sign");
        if (key == SettingKeys.PublicSign) return KeyFile("-rsa-sign.pub");
        return "";
    }

    private string KeyFile(string suffix) =>
        Path.Combine(SettingSources.FolderOf(environment), Get(SettingKeys.User).Text + suffix);

    private Username User()
    {
        var value = Get(SettingKeys.User);
        return Username.TryParse(value.Text, out var user)
            ? user
            : throw value.Wrong("a user's name is 3 to 32 characters of a-z, 0-9, _ and -; choose one with -u NAME");
    }

    private Uri Provider()
    {
        var value = Get(SettingKeys.Provider);
        return Uri.TryCreate(value.Text, UriKind.Absolute, out var address) && value.Text.Contains("://", StringComparison.Ordinal)
            && address.Scheme is "http" or "https" or "file" && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0
            ? address
            : throw value.Wrong($"expected http://HOST/PATH, https://HOST/PATH or file:///FOLDER, for instance {SettingKeys.DefaultProvider}");
    }

    private Uri? Proxy()
    {
        var value = Get(SettingKeys.Proxy);
        if (!value.IsSet) return null;
        return Uri.TryCreate(value.Text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "socks4" or "socks4a" or "socks5"
            ? address
            : throw value.Wrong("expected http://HOST:PORT or socks5://HOST:PORT");
    }

    private Dictionary<string, string> KeyFiles() => new(StringComparer.Ordinal)
    {
        ["rsa-message"] = PathOf(Get(SettingKeys.PrivateMessage))!,
        ["rsa-message.pub"] = PathOf(Get(SettingKeys.PublicMessage))!,
        ["rsa-sign"] = PathOf(Get(SettingKeys.PrivateSign))!,
        ["rsa-sign.pub"] = PathOf(Get(SettingKeys.PublicSign))!,
    };

    /// <summary>The folder of the user's durable memory.</summary>
    /// <exception cref="CliException">The settings that it depends on make no sense.</exception>
    public string StateFolder()
    {
        var value = Get(SettingKeys.State);
        return value.IsSet ? Expand(value.Text) : Path.Combine(Path.GetDirectoryName(PathOf(Get(SettingKeys.PrivateSign)))!, $"{User().Value}.state");
    }

    private HistoryRetention History()
    {
        var value = Get(SettingKeys.History);
        return value.Text.ToLowerInvariant() switch
        {
            "on" => HistoryRetention.Forever,
            "off" => HistoryRetention.Off,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 36500 => HistoryRetention.Days(days),
            _ => throw value.Wrong("expected on, off, or a number of days from 1 to 36500"),
        };
    }

    private StrangerPolicy Strangers()
    {
        var value = Get(SettingKeys.Strangers);
        return value.Text.ToLowerInvariant() switch
        {
            "ask" => StrangerPolicy.Ask,
            "accept" => StrangerPolicy.Accept,
            "refuse" => StrangerPolicy.Refuse,
            _ => throw value.Wrong("expected ask, accept or refuse"),
        };
    }

    private KeyChangePolicy KeyChanges()
    {
        var value = Get(SettingKeys.KeyChanges);
        return value.Text.ToLowerInvariant() switch
        {
            "ask" => KeyChangePolicy.Ask,
            "accept-signed-change" => KeyChangePolicy.AcceptSignedChange,
            "never" => KeyChangePolicy.Never,
            _ => throw value.Wrong("expected ask, accept-signed-change or never"),
        };
    }

    private OlderSuitePolicy OlderSuite()
    {
        var value = Get(SettingKeys.OlderSuite);
        return value.Text.ToLowerInvariant() switch
        {
            "warn" => OlderSuitePolicy.Warn,
            "refuse" => OlderSuitePolicy.Refuse,
            _ => throw value.Wrong("expected warn or refuse"),
        };
    }

    private bool IsOn(SettingKey key)
    {
        var value = Get(key);
        return value.Text.ToLowerInvariant() switch
        {
            "on" => true,
            "off" => false,
            _ => throw value.Wrong("expected on or off"),
        };
    }

    private TimeSpan BrokerSession()
    {
        var value = Get(SettingKeys.BrokerSession);
        if (value.Text.Equals("off", StringComparison.OrdinalIgnoreCase)) return TimeSpan.Zero;
        return int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 365
            ? TimeSpan.FromDays(days)
            : throw value.Wrong("expected off, or a number of days from 1 to 365");
    }

    private bool AllowOpenKeys()
    {
        var value = Get(SettingKeys.AllowOpenKeys);
        return value.Text.ToLowerInvariant() switch
        {
            "yes" or "true" or "1" => true,
            "no" or "false" or "0" => false,
            _ => throw value.Wrong("expected yes or no"),
        };
    }

    private string? PathOf(SettingValue value) => value.IsSet ? Expand(value.Text) : null;

    private string Expand(string path) => SettingSources.FullPath(path, environment);
}
