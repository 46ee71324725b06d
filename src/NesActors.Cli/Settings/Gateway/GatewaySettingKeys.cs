namespace NesActors.Cli.Settings.Gateway;

/// <summary>All settings of a gateway, which are those of a process and of no identity: options of <c>nes serve</c>, variables, lines of the configuration file.</summary>
internal static class GatewaySettingKeys
{
    /// <summary>What the names of all begin with: a name that does and is none of them is an error.</summary>
    public const string Prefix = "NES_GATEWAY_";

    public const string DefaultListen = "http://127.0.0.1:8181";

    public static readonly SettingKey Listen = new("NES_GATEWAY_LISTEN", $"Where to listen: http:// or https://, localhost or an IP address of this machine, a port (0: any free one); default {DefaultListen}")
    { Option = "--listen", ValueName = "URL" };

    public static readonly SettingKey Certificate = new("NES_GATEWAY_CERT_FILE", "Certificate of an https address (PEM), those between it and its authority behind it") { Option = "--cert" };

    public static readonly SettingKey CertificateKey = new("NES_GATEWAY_KEY_FILE", "Its private key (PEM), where it is not in the same file") { Option = "--cert-key" };

    public static readonly SettingKey AllowPlain = new("NES_GATEWAY_ALLOW_PLAIN", "Serve an address without TLS that others than this machine can reach")
    { Option = "--allow-plain", IsSwitch = true };

    public static readonly SettingKey Hosts = new("NES_GATEWAY_HOSTS", "A name by which it is reached, where a proxy stands in front or a certificate has it: requests for others are refused; may be given several times")
    { Option = "--host", ValueName = "NAME", IsList = true };

    public static readonly SettingKey Origins = new("NES_GATEWAY_ORIGINS", "An origin whose pages may use it from a browser, beside its own: https://HOST; may be given several times")
    { Option = "--origin", ValueName = "URL", IsList = true };

    public static readonly SettingKey TrustedProxies = new(
        "NES_GATEWAY_TRUSTED_PROXIES", "A proxy in front whose X-Forwarded-For and -Proto are believed: an address or a network (10.0.0.0/8); may be given several times; default none")
    { Option = "--trusted-proxy", ValueName = "ADDRESS", IsList = true };

    public static readonly SettingKey Metrics = new("NES_GATEWAY_METRICS", "Where Prometheus finds metrics, without a token: http://, an address of this machine, a port; default nowhere")
    { Option = "--metrics", ValueName = "URL" };

    public static readonly SettingKey Rate = new("NES_GATEWAY_RATE", "Requests a second that one token may make in the long run; default 100") { Option = "--rate", ValueName = "N" };

    public static readonly SettingKey Burst = new("NES_GATEWAY_BURST", "Requests that one token may make at once; default 200") { Option = "--burst", ValueName = "N" };

    public static readonly SettingKey Limits = new("NES_GATEWAY_LIMITS", "Whether rate and burst are enforced: on or off; default on") { Option = "--limits", ValueName = "on|off" };

    public static readonly SettingKey PrivateWebhooks = new("NES_GATEWAY_PRIVATE_WEBHOOKS", "Let webhooks call addresses of this machine and of private networks")
    { Option = "--allow-private-webhooks", IsSwitch = true };

    public static IReadOnlyList<SettingKey> All { get; } = [Listen, Certificate, CertificateKey, AllowPlain, Hosts, Origins, TrustedProxies, Metrics, Rate, Burst, Limits, PrivateWebhooks];

    /// <summary>What a setting says where nobody says anything.</summary>
    public static string DefaultOf(SettingKey key) => key switch
    {
        _ when key == Listen => DefaultListen,
        _ when key == Rate => "100",
        _ when key == Burst => "200",
        _ when key == Limits => "on",
        _ when key.IsSwitch => "no",
        _ => "",
    };
}
