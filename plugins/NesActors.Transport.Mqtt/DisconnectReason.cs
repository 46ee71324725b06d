using MQTTnet;
using MQTTnet.Exceptions;

namespace NesActors.Transport.Mqtt;

/// <summary>Why a connection ended, for a person.</summary>
internal static class DisconnectReason
{
    public const string ClosedHere = "closed";

    public static string Describe(MqttAddress broker, MqttClientDisconnectedEventArgs ended)
    {
        var said = BrokerText.Quote(ended.ReasonString);
        return ended.Reason switch
        {
            MqttClientDisconnectReason.SessionTakenOver => $"another program with the same client id took over at the broker {broker}; if this user's session runs elsewhere too, end one of them{said}",
            MqttClientDisconnectReason.ServerShuttingDown => $"the broker {broker} shuts down{said}",
            MqttClientDisconnectReason.ServerBusy => $"the broker {broker} is too busy{said}",
            MqttClientDisconnectReason.KeepAliveTimeout => $"the broker {broker} heard nothing from here for too long{said}",
            MqttClientDisconnectReason.NotAuthorized => $"the broker {broker} no longer lets this user in{said}",
            MqttClientDisconnectReason.AdministrativeAction => $"the operator of the broker {broker} ended the connection{said}",
            MqttClientDisconnectReason.PacketTooLarge => $"the broker {broker} was sent a packet larger than it takes{said}",
            MqttClientDisconnectReason.QuotaExceeded or MqttClientDisconnectReason.MessageRateTooHigh =>
                $"the broker {broker} was sent more than it allows{said}",
            MqttClientDisconnectReason.UseAnotherServer or MqttClientDisconnectReason.ServerMoved => $"the broker {broker} sends us to another one{said}",
            MqttClientDisconnectReason.NormalDisconnection or MqttClientDisconnectReason.UnspecifiedError => FromError(broker, ended.Exception) + said,
            var other => $"the broker {broker} ended the connection with code {(int)other}{said}",
        };
    }

    private static string FromError(MqttAddress broker, Exception? error) => error switch
    {
        null => $"the broker {broker} closed the connection",
        OperationCanceledException or TimeoutException or MqttCommunicationTimedOutException => $"the broker {broker} does not answer any more",
        _ => $"the connection to the broker {broker} broke: {OneLine(error.Message)}",
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
