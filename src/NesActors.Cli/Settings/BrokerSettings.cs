using NesActors.Contracts.Transport;

namespace NesActors.Cli.Settings;

/// <summary>Makes of the broker's settings where to connect to and how.</summary>
internal sealed class BrokerSettings(Func<SettingKey, SettingValue> get, Func<SettingValue, string?> pathOf)
{
    /// <summary>Reads them. User and password of the URL go before those of the settings.</summary>
    public TransportOptions Read()
    {
        var value = WithScheme(get(SettingKeys.Broker));
        var (address, inUrl) = Split(value);
        var extra = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Protocol() is { } protocol) extra["protocol"] = protocol;
        return new TransportOptions(address) { Credentials = inUrl ?? Credentials(), Tls = Tls(), Extra = extra };
    }

    /// <summary>The transport that was asked for; <see langword="null"/> where the address decides.</summary>
    public string? Transport()
    {
        var value = get(SettingKeys.Transport);
        if (!value.IsSet) return null;
        return Uri.CheckSchemeName(value.Text) && !value.Text.Any(char.IsAsciiLetterUpper)
            ? value.Text
            : throw value.Wrong("expected a name that a transport provides; nes plugins shows them");
    }

    /// <summary>Whoever names the transport need not name it again in the address.</summary>
    private SettingValue WithScheme(SettingValue value) =>
        Transport() is { } transport && !value.Text.Contains("://", StringComparison.Ordinal) ? value with { Text = $"{transport}://{value.Text}" } : value;

    private static (Uri Address, TransportCredentials? Credentials) Split(SettingValue value)
    {
        if (!value.Text.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(value.Text, UriKind.Absolute, out var given) || (given.Host.Length == 0 && given.AbsolutePath.Length <= 1))
        {
            throw value.Wrong("expected tcp://HOST:PORT, mqtts://HOST:PORT, ws://HOST:PORT/PATH or wss://HOST:PORT/PATH, or the scheme of another transport (nes plugins)");
        }
        if (given.UserInfo.Length == 0) return (given, null);
        var colon = given.UserInfo.IndexOf(':');
        var user = Uri.UnescapeDataString(colon < 0 ? given.UserInfo : given.UserInfo[..colon]);
        var password = colon < 0 ? "" : Uri.UnescapeDataString(given.UserInfo[(colon + 1)..]);
        return (new UriBuilder(given) { UserName = "", Password = "" }.Uri, new TransportCredentials(user, password));
    }

    private TransportCredentials? Credentials()
    {
        var user = get(SettingKeys.BrokerUser);
        var password = get(SettingKeys.BrokerPassword);
        if (password.IsSet && !user.IsSet) throw password.Wrong($"there is a password and no user; set {SettingKeys.BrokerUser.Name} too");
        return user.IsSet ? new TransportCredentials(user.Text, password.Text) : null;
    }

    private TransportTls Tls()
    {
        var key = get(SettingKeys.BrokerKey);
        var certificate = get(SettingKeys.BrokerCertificate);
        if (key.IsSet && !certificate.IsSet) throw key.Wrong($"there is a key and no certificate; set {SettingKeys.BrokerCertificate.Name} too");
        return new TransportTls(pathOf(get(SettingKeys.BrokerCa)), pathOf(certificate), pathOf(key));
    }

    private string? Protocol()
    {
        var value = get(SettingKeys.BrokerProtocol);
        return value.Text switch
        {
            "auto" => null,
            "5" or "3.1.1" => value.Text,
            _ => throw value.Wrong("expected auto, 5 or 3.1.1"),
        };
    }
}
