using MQTTnet;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.Mqtt;

/// <summary>What the broker's answer to a publish means.</summary>
internal static class PublishAnswer
{
    // From here on a reason code says that the packet was not taken (MQTT 5, 2.4).
    private const int FirstError = 0x80;

    private const MqttClientPublishReasonCode PacketTooLarge = (MqttClientPublishReasonCode)0x95;

    public static PublishResult ToResult(MqttClientPublishResult answer)
    {
        if ((int)answer.ReasonCode < FirstError) return PublishResult.Confirmed;
        var why = answer.ReasonCode switch
        {
            MqttClientPublishReasonCode.NotAuthorized => "this user may not send to this recipient",
            MqttClientPublishReasonCode.QuotaExceeded => "a quota is used up",
            PacketTooLarge => "the frame is too large",
            // MQTTnet shows this one too where the broker names its reason early and forgets the packet at once.
            MqttClientPublishReasonCode.UnspecifiedError => "it gives no reason",
            var code => $"code {(int)code}",
        };
        return new PublishResult(PublishOutcome.Refused, $"the broker refused the frame: {why}{BrokerText.Quote(answer.ReasonString)}");
    }
}
