using System.Globalization;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Settings.Gateway;

/// <summary>Looks at what the sources say of a gateway, and makes typed settings of it or an error that names the setting and who said it. What is safe, the gateway itself decides.</summary>
internal sealed class GatewaySettingsReader(GatewaySources sources, CliEnvironment environment)
{
    private const int MaxRate = 1_000_000;

    /// <summary>All of them as text, defaults filled in, in the order in which they are shown.</summary>
    public IReadOnlyList<SettingValue> All() => [.. GatewaySettingKeys.All.Select(sources.Get)];

    /// <summary>All of them, looked at.</summary>
    /// <exception cref="CliException">One makes no sense.</exception>
    public GatewaySettings Read() => new(
        new GatewayNetwork(AddressOf(sources.Get(GatewaySettingKeys.Listen))!)
        {
            CertificateFile = PathOf(GatewaySettingKeys.Certificate),
            CertificateKeyFile = CertificateKey(),
            MayBePlain = IsOn(GatewaySettingKeys.AllowPlain),
            Hosts = ListOf(GatewaySettingKeys.Hosts),
            Origins = ListOf(GatewaySettingKeys.Origins),
            TrustedProxies = ProxyAddresses.Of(sources.Get(GatewaySettingKeys.TrustedProxies)),
            Metrics = AddressOf(sources.Get(GatewaySettingKeys.Metrics)),
        },
        new GatewayLimits { Rate = NumberOf(GatewaySettingKeys.Rate), Burst = NumberOf(GatewaySettingKeys.Burst), AreEnforced = IsOn(GatewaySettingKeys.Limits) },
        IsOn(GatewaySettingKeys.PrivateWebhooks));

    private static Uri? AddressOf(SettingValue value)
    {
        if (!value.IsSet) return null;
        return Uri.TryCreate(value.Text, UriKind.Absolute, out var address) && value.Text.Contains("://", StringComparison.Ordinal) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            ? address
            : throw value.Wrong($"expected an address like {GatewaySettingKeys.DefaultListen}");
    }

    private string? CertificateKey()
    {
        var value = sources.Get(GatewaySettingKeys.CertificateKey);
        if (value.IsSet && !sources.Get(GatewaySettingKeys.Certificate).IsSet) throw value.Wrong($"there is a key and no certificate; set {GatewaySettingKeys.Certificate.Name} too");
        return PathOf(GatewaySettingKeys.CertificateKey);
    }

    private bool IsOn(SettingKey key)
    {
        var value = sources.Get(key);
        return value.Text.ToLowerInvariant() switch
        {
            "yes" or "true" or "1" or "on" => true,
            "no" or "false" or "0" or "off" => false,
            _ => throw value.Wrong(key.IsSwitch ? "expected yes or no" : "expected on or off"),
        };
    }

    private int NumberOf(SettingKey key)
    {
        var value = sources.Get(key);
        return int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MaxRate
            ? number
            : throw value.Wrong($"expected a number from 1 to {MaxRate}");
    }

    private string[] ListOf(SettingKey key) => sources.Get(key).Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private string? PathOf(SettingKey key) => sources.Get(key) is { IsSet: true } value ? SettingSources.FullPath(value.Text, environment) : null;
}
