using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;

namespace NesActors.Transport.Mqtt;

/// <summary>Says in MQTTnet's terms what the settings want.</summary>
internal static class ClientOptions
{
    /// <summary>How many inbound frames may wait for our acknowledgement: bounds the memory a broker can make us hold.</summary>
    public const ushort ReceiveMaximum = 64;

    // With MQTTnet's 8 KiB, QoS 2 with many messages in flight stalls for seconds.
    private const int SocketBuffer = 65536;

    // What stands before the remaining length that MqttSettings limits.
    private const uint FixedHeader = 5;

    public static MqttClientOptions For(MqttSettings settings, MqttProtocolVersion version, TlsFiles? certificates, ServerCertificateCheck check)
    {
        var options = settings.Options;
        var result = new MqttClientOptions
        {
            ProtocolVersion = version,
            ClientId = settings.ClientId,
            ChannelOptions = Channel(settings.Address, Tls(certificates, check)),
            CleanSession = !settings.IsDurable,
            KeepAlivePeriod = options.KeepAlive,
            Timeout = options.ConnectTimeout,
        };
        if (options.Credentials is { } credentials)
        {
            // MQTT 3.1.1 and some brokers tell an absent password from an empty one.
            var password = credentials.Password.Length == 0 ? null : Encoding.UTF8.GetBytes(credentials.Password);
            result.Credentials = new MqttClientCredentials(credentials.User, password);
        }
        if (version == MqttProtocolVersion.V500)
        {
            result.SessionExpiryInterval = (uint)Math.Min(Math.Ceiling(options.SessionExpiry.TotalSeconds), uint.MaxValue);
            result.MaximumPacketSize = MqttSettings.MaxInboundPacket + FixedHeader;
            result.ReceiveMaximum = ReceiveMaximum;
        }
        return result;
    }

    private static IMqttClientChannelOptions Channel(MqttAddress address, MqttClientTlsOptions tls)
    {
        tls.UseTls = address.UseTls;
        // MQTTnet takes it from a host name alone: without it the certificate of an IP address would go unchecked.
        tls.TargetHost = address.Host;
        if (address.WebSocket is { } uri) return new MqttClientWebSocketOptions { Uri = uri.AbsoluteUri, TlsOptions = tls };
        return new MqttClientTcpOptions
        {
            RemoteEndpoint = IPAddress.TryParse(address.Host, out var ip) ? new IPEndPoint(ip, address.Port) : new DnsEndPoint(address.Host, address.Port),
            BufferSize = SocketBuffer,
            // MQTTnet resets the connection when it closes it, and the last acknowledgements with it.
            LingerState = new LingerOption(enable: false, seconds: 0),
            TlsOptions = tls,
        };
    }

    private static MqttClientTlsOptions Tls(TlsFiles? certificates, ServerCertificateCheck check) => new()
    {
        AllowRenegotiation = false,
        RevocationMode = X509RevocationMode.NoCheck,
        CertificateValidationHandler = check.Accept,
        ClientCertificatesProvider = certificates?.Client is { } client ? new DefaultMqttCertificatesProvider([client]) : null,
    };
}
