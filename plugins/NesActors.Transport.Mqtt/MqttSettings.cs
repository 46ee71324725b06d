using System.Security.Cryptography;
using MQTTnet.Formatter;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.Mqtt;

/// <summary>What <see cref="TransportOptions"/> mean for MQTT, checked.</summary>
/// <param name="Options">The options themselves.</param>
/// <param name="Address">The broker.</param>
/// <param name="Protocols">The versions to try, in this order.</param>
/// <param name="ClientId">The client identifier, never empty.</param>
internal sealed record MqttSettings(TransportOptions Options, MqttAddress Address, IReadOnlyList<MqttProtocolVersion> Protocols, string ClientId)
{
    /// <summary>
    /// The largest remaining length of an inbound packet: 1 MiB of frame, and room for topic and properties. A broker of MQTT 5 is told; of any
    /// other, larger ones are cut.
    /// </summary>
    public const int MaxInboundPacket = 1024 * 1024 + 4096;

    private const string ProtocolKey = "protocol";

    // 22 letters and digits hold 131 random bits and keep below the 23 characters that a broker of MQTT 3.1.1 must take (3.1.3.1).
    private const string ClientIdCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int ClientIdLength = 22;

    private static readonly TimeSpan MinKeepAlive = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxKeepAlive = TimeSpan.FromSeconds(ushort.MaxValue);

    /// <summary>Whether the broker shall keep what arrives while nobody is connected.</summary>
    public bool IsDurable => Options.SessionExpiry > TimeSpan.Zero;

    /// <summary>Reads the options.</summary>
    /// <exception cref="TransportException">They make no sense.</exception>
    public static MqttSettings From(TransportOptions options)
    {
        var address = MqttAddress.Parse(options.Address);
        var protocols = ReadProtocols(options.Extra);
        if (options.SessionExpiry < TimeSpan.Zero) throw Wrong("The expiry of the session must not be negative.");
        if (options.SessionExpiry > TimeSpan.Zero && string.IsNullOrEmpty(options.ClientId))
        {
            throw Wrong("A session that outlives its connection needs a fixed client id.");
        }
        if (options.KeepAlive < MinKeepAlive || options.KeepAlive > MaxKeepAlive)
        {
            throw Wrong("The keep-alive must be between 1 and 65535 seconds.");
        }
        if (options.ConnectTimeout <= TimeSpan.Zero || options.ConnectTimeout > TimeSpan.FromHours(1))
        {
            throw Wrong("The time limit for connecting must be more than zero and at most an hour.");
        }
        if (!address.UseTls && options.Tls is not { CaFile: null, CertificateFile: null, KeyFile: null })
        {
            throw Wrong($"Certificates are given, but {options.Address.Scheme}:// is not encrypted; use mqtts:// or wss://.");
        }
        var clientId = string.IsNullOrEmpty(options.ClientId) ? RandomNumberGenerator.GetString(ClientIdCharacters, ClientIdLength) : options.ClientId;
        return new MqttSettings(options, address, protocols, clientId);
    }

    private static MqttProtocolVersion[] ReadProtocols(IReadOnlyDictionary<string, string> extra)
    {
        var unknown = extra.Keys.Where(key => key != ProtocolKey).Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0) throw Wrong($"MQTT knows no setting \"{unknown[0]}\"; the only one is \"{ProtocolKey}\".");
        return extra.GetValueOrDefault(ProtocolKey, "auto") switch
        {
            "auto" => [MqttProtocolVersion.V500, MqttProtocolVersion.V311],
            "5" => [MqttProtocolVersion.V500],
            "3.1.1" => [MqttProtocolVersion.V311],
            _ => throw Wrong($"The setting \"{ProtocolKey}\" must be auto, 5 or 3.1.1."),
        };
    }

    private static TransportException Wrong(string message) => new(TransportFailure.Misconfigured, message);
}
