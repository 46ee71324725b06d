using MQTTnet;
using MQTTnet.Protocol;

namespace NesActors.Transport.Mqtt;

/// <summary>What the broker said, when it took the connection, about what may be sent to it.</summary>
/// <param name="InFlight">How many publishes may be unconfirmed at once.</param>
/// <param name="MaxPacket">The largest packet, in bytes; <see langword="null"/>: any.</param>
/// <param name="QoS">The quality of service to send with.</param>
internal sealed record PublishLimits(int InFlight, uint? MaxPacket, MqttQualityOfServiceLevel QoS)
{
    // With more, mosquitto's queue to a slow subscriber overflows and frames are lost that it has confirmed to us.
    private const int MaxInFlight = 16;

    public static PublishLimits From(MqttClientConnectResult answer, bool isVersion5)
    {
        if (!isVersion5) return new PublishLimits(MaxInFlight, null, MqttQualityOfServiceLevel.ExactlyOnce);
        return new PublishLimits(
            Math.Min(MaxInFlight, answer.ReceiveMaximum is > 0 and { } most ? (int)most : MaxInFlight),
            answer.MaximumPacketSize is > 0 ? answer.MaximumPacketSize : null,
            answer.MaximumQoS);
    }

    /// <summary>Whether a PUBLISH of this topic and payload is a packet that the broker takes (MQTT 5, 3.1.2.11.4).</summary>
    public bool Takes(string topic, int payload)
    {
        // Type and length, topic with its length, packet identifier, no properties.
        const int Around = 5 + 2 + 2 + 1;
        return MaxPacket is not { } most || (long)Around + topic.Length + payload <= most;
    }
}
