using NesActors.Cli.Settings.Gateway;

namespace NesActors.Cli.Settings;

/// <summary>All settings, in the order in which <c>config</c> shows them: those of the original first.</summary>
internal static class SettingKeys
{
    public const string DefaultBroker = "tcp://test.mosquitto.org:1883";
    public const string DefaultProvider = "https://microshell.pl/pubkey";

    public static readonly SettingKey Broker = new("MQTT_BROKER_ADDRESS", $"Broker: tcp:// mqtt:// (1883), ssl:// tls:// mqtts:// (8883), ws://, wss://; default {DefaultBroker}")
    { Option = "--broker", Short = "-b", ValueName = "URL", IsAddress = true };

    public static readonly SettingKey Provider = new("PUBKEY_ADDRESS", $"Key directory: http://, https://, or file:// for a folder of PEM files; default {DefaultProvider}")
    { Option = "--provider", Short = "-p", ValueName = "URL", IsAddress = true };

    public static readonly SettingKey ProviderKey = new("PUBKEY_PUBLIC_KEY_FILE", "Public key of the key directory (PEM); default: that of the default directory")
    { Option = "--provider_key", Short = "-P" };

    public static readonly SettingKey PrivateMessage = new("PRIVATE_KEY_MESSAGE_FILE", "Your private message key; default ~/.nes/<user>-rsa-message")
    { Option = "--private_message", Short = "-k" };

    public static readonly SettingKey PublicMessage = new("PUBLIC_KEY_MESSAGE_FILE", "Your public message key; default ~/.nes/<user>-rsa-message.pub")
    { Option = "--public_message", Short = "-K" };

    public static readonly SettingKey PrivateSign = new("PRIVATE_KEY_SIGN_FILE", "Your private sign key; default ~/.nes/<user>-rsa-sign")
    { Option = "--private_sign", Short = "-j" };

    public static readonly SettingKey PublicSign = new("PUBLIC_KEY_SIGN_FILE", "Your public sign key; default ~/.nes/<user>-rsa-sign.pub")
    { Option = "--public_sign", Short = "-J" };

    public static readonly SettingKey User = new("NES_USERNAME", "Who you are: 3 to 32 of a-z 0-9 _ -; default: your name at the system")
    { Option = "--user", Short = "-u", ValueName = "NAME" };

    public static readonly SettingKey State = new("STATE_DIR", "Folder for what must not be forgotten: whose keys are trusted, and messages; default <user>.state beside your private sign key")
    { Option = "--state", ValueName = "FOLDER" };

    public static readonly SettingKey History = new("HISTORY", "How long messages are kept here: on (for ever), off (never), or a number of days; default on")
    { Option = "--history", ValueName = "TIME" };

    public static readonly SettingKey Strangers = new("STRANGERS", "Strangers: ask (what they send is a request until you accept or answer), accept (all of them), refuse (drop what they send); default ask")
    { Option = "--strangers", ValueName = "POLICY" };

    public static readonly SettingKey KeyChanges = new("KEY_CHANGES", "Changed keys: ask (until you accept them, nothing is sent), accept-signed-change (accept those that the old keys signed, as the directory proves), never (drop what comes under them); default ask")
    { Option = "--key-changes", ValueName = "POLICY" };

    public static readonly SettingKey ReadReceipts = new("READ_RECEIPTS", "Tell contacts what you have read: on or off; nes contacts receipts says otherwise for one; default off")
    { Option = "--read-receipts", ValueName = "on|off" };

    public static readonly SettingKey DeliveryReceipts = new("DELIVERY_RECEIPTS", "Tell contacts what has arrived, and with READ_RECEIPTS what you have read: on or off; nes contacts receipts says otherwise for one; default on")
    { Option = "--delivery-receipts", ValueName = "on|off" };

    public static readonly SettingKey OlderSuite = new("OLDER_SUITE", "Messages that come by a weaker suite than their sender has: warn or refuse; default warn")
    { Option = "--older-suite", ValueName = "WHAT" };

    public static readonly SettingKey BrokerUser = new("MQTT_USERNAME", "User at the broker; may stand in the broker's URL instead")
    { Option = "--mqtt-user", ValueName = "NAME" };

    public static readonly SettingKey BrokerPassword = new("MQTT_PASSWORD", "Password at the broker; may stand in the broker's URL instead") { IsSecret = true };

    public static readonly SettingKey BrokerCa = new("MQTT_CA_FILE", "The only authorities to trust for the broker's certificate (PEM); default: the system's")
    { Option = "--mqtt-ca" };

    public static readonly SettingKey BrokerCertificate = new("MQTT_CERT_FILE", "Client certificate for the broker (PEM)") { Option = "--mqtt-cert" };

    public static readonly SettingKey BrokerKey = new("MQTT_KEY_FILE", "Its private key (PEM), where it is not in the same file") { Option = "--mqtt-key" };

    public static readonly SettingKey BrokerProtocol = new("MQTT_PROTOCOL", "MQTT version: auto, 5 or 3.1.1; default auto")
    { Option = "--mqtt-protocol", ValueName = "VERSION" };

    public static readonly SettingKey BrokerSession = new("MQTT_SESSION", "How many days the broker keeps for you what arrives while you are away: 1 to 365, or off; default 7")
    { Option = "--mqtt-session", ValueName = "DAYS" };

    public static readonly SettingKey Proxy = new("PUBKEY_PROXY", "Proxy for the key directory: http:// or socks5://; default: the system's")
    { Option = "--proxy", ValueName = "URL", IsAddress = true };

    public static readonly SettingKey ProviderCa = new("PUBKEY_CA_FILE", "The only authorities to trust for the key directory's certificate (PEM); default: the system's")
    { Option = "--provider-ca" };

    public static readonly SettingKey Suite = new("NES_SUITE", "Crypto suite: auto, which is the best that both sides have, or the name of one, to use that alone; default auto") { Option = "--suite", ValueName = "NAME" };

    public static readonly SettingKey Transport = new("NES_TRANSPORT", "Transport, by a name that it provides (nes plugins); default: whichever has the scheme of the broker's address; -b may then be without scheme")
    { Option = "--transport", ValueName = "NAME" };

    public static readonly SettingKey Plugins = new("NES_PLUGINS", $"More folders with plugins, separated by '{Path.PathSeparator}', beside the program's own and ~/.nes/plugins")
    { Option = "--plugins", ValueName = "FOLDERS" };

    public static readonly SettingKey Hocon = new("NES_HOCON", "HOCON file that tunes the actor system") { Option = "--hocon" };

    public static readonly SettingKey AllowOpenKeys = new("ALLOW_OPEN_KEYS", "Use private keys that other users of the machine can read")
    { Option = "--allow-open-keys", IsSwitch = true };

    public static readonly SettingKey PassphraseFile = new("NES_PASSPHRASE_FILE", "File that holds the passphrase of protected keys, in its first line") { Option = "--passphrase-file" };

    /// <summary>Those of an identity.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        Broker, Provider, ProviderKey, PrivateMessage, PublicMessage, PrivateSign, PublicSign, User, State, History, Strangers, KeyChanges, ReadReceipts, DeliveryReceipts, OlderSuite,
        BrokerUser, BrokerPassword, BrokerCa, BrokerCertificate, BrokerKey, BrokerProtocol, BrokerSession, Proxy, ProviderCa, Suite, Transport, Plugins, Hocon, AllowOpenKeys, PassphraseFile,
    ];

    /// <summary>All names that may stand in a configuration file: those of a gateway too.</summary>
    public static IReadOnlyList<SettingKey> Known { get; } = [.. All, .. GatewaySettingKeys.All];
}
