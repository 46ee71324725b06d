using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Channel;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using NesActors.Mqtt.Wire;

namespace NesActors.Transport.Mqtt;

/// <summary>Puts the limit on inbound packets between MQTTnet's channel and its reader; one for each attempt.</summary>
internal sealed class LimitedAdapterFactory : IMqttClientAdapterFactory
{
    private Func<bool> _wasOpened = () => false;

    /// <summary>Whether the attempt came as far as a connection, TLS and WebSocket included.</summary>
    public bool WasOpened => _wasOpened();

    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
    {
        IMqttChannel channel = options.ChannelOptions is MqttClientWebSocketOptions web ? new MqttWebSocketChannel(web) : new MqttTcpChannel(options);
        var limited = new LimitedChannel(channel, MqttSettings.MaxInboundPacket, Oversize.CutPublish);
        _wasOpened = () => limited.WasOpened;
        var formatter = new MqttPacketFormatterAdapter(options.ProtocolVersion, new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax));
        return new MqttChannelAdapter(limited, formatter, logger)
        {
            AllowPacketFragmentation = options.AllowPacketFragmentation,
            PacketInspector = packetInspector,
        };
    }
}
