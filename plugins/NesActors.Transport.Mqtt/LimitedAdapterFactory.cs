using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Channel;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using NesActors.Mqtt.Wire;

namespace NesActors.Transport.Mqtt;

/// <summary>Puts the limits on inbound packets between MQTTnet's channel and its reader; one for each attempt.</summary>
internal sealed class LimitedAdapterFactory : IMqttClientAdapterFactory
{
    // A broker of MQTT 5 is told of half as many, and one that keeps to it never has to wait here. mosquitto 2.0 does not keep to it, nor to its own limit, when a
    // durable session comes back to a long queue; MQTTnet reads all there is.
    private const int MaxUnacknowledged = 2 * ClientOptions.ReceiveMaximum;

    private Func<bool> _wasOpened = () => false;

    /// <summary>Whether the attempt came as far as a connection, TLS and WebSocket included.</summary>
    public bool WasOpened => _wasOpened();

    /// <summary>A place for each message that may be unacknowledged at once, taken before it is read: beyond them, the broker has to wait.</summary>
    public SemaphoreSlim Places { get; } = new(MaxUnacknowledged);

    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
    {
        IMqttChannel channel = options.ChannelOptions is MqttClientWebSocketOptions web ? new MqttWebSocketChannel(web) : new MqttTcpChannel(options);
        var limited = new LimitedChannel(new BufferedChannel(channel), MqttSettings.MaxInboundPacket, Oversize.CutPublish, Places);
        _wasOpened = () => limited.WasOpened;
        var formatter = new MqttPacketFormatterAdapter(options.ProtocolVersion, new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax));
        return new MqttChannelAdapter(limited, formatter, logger)
        {
            AllowPacketFragmentation = options.AllowPacketFragmentation,
            PacketInspector = packetInspector,
        };
    }
}
