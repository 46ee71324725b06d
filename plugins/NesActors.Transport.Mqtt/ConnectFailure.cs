using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using NesActors.Contracts.Transport;

namespace NesActors.Transport.Mqtt;

/// <summary>Why an attempt to connect failed, for a person and for the host.</summary>
internal static class ConnectFailure
{
    // The same refusal in the words of MQTT 3.1.1 (3.2.2.3), from a broker that knows no others.
    private const MqttClientConnectResultCode OldUnsupportedProtocolVersion = (MqttClientConnectResultCode)1;

    /// <summary>The broker answered, and not with yes.</summary>
    public static TransportException FromAnswer(MqttAddress broker, MqttClientConnectResult answer)
    {
        var said = BrokerText.Quote(answer.ReasonString);
        return answer.ResultCode switch
        {
            MqttClientConnectResultCode.BadUserNameOrPassword => Refused($"The broker {broker} refuses the user or the password{said}; check both."),
            MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.Banned or MqttClientConnectResultCode.BadAuthenticationMethod =>
                Refused($"The broker {broker} does not let this user in{said}; check user and password, or ask its operator."),
            MqttClientConnectResultCode.ClientIdentifierNotValid => Refused($"The broker {broker} refuses the client id{said}."),
            MqttClientConnectResultCode.UnsupportedProtocolVersion or OldUnsupportedProtocolVersion =>
                Refused($"The broker {broker} does not speak this version of MQTT{said}; leave the setting \"protocol\" at auto."),
            MqttClientConnectResultCode.ServerUnavailable or MqttClientConnectResultCode.ServerBusy or MqttClientConnectResultCode.ConnectionRateExceeded
                or MqttClientConnectResultCode.UseAnotherServer or MqttClientConnectResultCode.ServerMoved =>
                Unreachable($"The broker {broker} takes no connections now{said}; try again later."),
            _ => Refused($"The broker {broker} refuses the connection with code {(int)answer.ResultCode}{said}."),
        };
    }

    /// <summary>There was no answer, or none that can be understood.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="error">What MQTTnet threw.</param>
    /// <param name="check">What was thought of the broker's certificate.</param>
    /// <param name="showedCertificate">Whether we had one to show.</param>
    public static TransportException FromError(MqttAddress broker, Exception error, ServerCertificateCheck check, bool showedCertificate)
    {
        if (check.Refusal is { } refusal)
        {
            var message = $"The broker {broker} did not prove who it is: {refusal}. Check the address and the CA file.";
            return new TransportException(TransportFailure.Untrusted, message, error);
        }
        foreach (var cause in Causes(error))
        {
            if (IsTlsAlert(cause)) return NoCertificate(broker, error);
            if (Explain(broker, cause) is { } explained) return explained;
        }
        // In TLS 1.3 a server asks for our certificate and refuses us after we have taken the greeting for done, and its alert is often lost
        // with the connection.
        if (check.HasAccepted && !showedCertificate) return NoCertificate(broker, error);
        return Unreachable($"The broker {broker} broke the connection instead of answering; is there a broker of MQTT at this address?", error);
    }

    /// <summary>Nothing came within the time limit.</summary>
    public static TransportException TimedOut(MqttAddress broker, TimeSpan limit) =>
        Unreachable(FormattableString.Invariant($"The broker {broker} did not answer within {limit.TotalSeconds:0.#} s; check the address and the network."));

    /// <summary>The broker takes messages and never says whether it has them.</summary>
    public static TransportException NoConfirmation(MqttAddress broker) =>
        Refused($"The broker {broker} confirms no messages (its maximum QoS is 0); use another one.");

    /// <summary>Whether an older version of MQTT may be what the broker wants to hear.</summary>
    public static bool MayBeVersion(MqttClientConnectResult answer) =>
        answer.ResultCode is MqttClientConnectResultCode.UnsupportedProtocolVersion or OldUnsupportedProtocolVersion;

    private static TransportException NoCertificate(MqttAddress broker, Exception error) =>
        Refused($"The broker {broker} broke the TLS connection off; it may want a client certificate, or another one.", error);

    private static TransportException? Explain(MqttAddress broker, Exception cause) => cause switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => Unreachable($"Nobody listens at {broker}; is the broker running?", cause),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            Unreachable($"The name {broker.Host} is not known; check the address and the network.", cause),
        SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown } => null,
        SocketException { SocketErrorCode: SocketError.NotConnected } => null,
        SocketException socket => Unreachable($"The broker {broker} cannot be reached: {socket.Message}.", cause),
        AuthenticationException => Unreachable($"The broker {broker} does not speak TLS; use mqtt:// or ws://, or its TLS port.", cause),
        WebSocketException { WebSocketErrorCode: WebSocketError.NotAWebSocket } webSocket => FromWebSocket(broker, webSocket),
        _ => null,
    };

    private static TransportException FromWebSocket(MqttAddress broker, WebSocketException error)
    {
        // The status stands nowhere but in the text, which is not translated.
        var isForbidden = error.Message.Contains("'401'", StringComparison.Ordinal) || error.Message.Contains("'403'", StringComparison.Ordinal);
        return isForbidden
            ? Refused($"The broker {broker} does not open a WebSocket for us; ask its operator.", error)
            : Unreachable($"There is no WebSocket at {broker}; check the path of the address (often /mqtt).", error);
    }

    // An alert that the other side sent (RFC 8446, 6): it read our greeting and did not like what we showed.
    private static bool IsTlsAlert(Exception cause) => cause.Message.Contains(" alert ", StringComparison.Ordinal);

    private static IEnumerable<Exception> Causes(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            // The outermost one of these says what its cause says better.
            if (cause is AuthenticationException && cause.InnerException is { } inner && IsTlsAlert(inner)) continue;
            if (cause is not MqttCommunicationException) yield return cause;
        }
    }

    private static TransportException Refused(string message, Exception? inner = null) => new(TransportFailure.Refused, message, inner);

    private static TransportException Unreachable(string message, Exception? inner = null) => new(TransportFailure.Unreachable, message, inner);
}
