using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Console.Output;

/// <summary>How sending a message ended: as an exit code, and in words that say what to do.</summary>
internal static class Outcome
{
    /// <summary>The exit code that tells a script the state of a message it sent.</summary>
    public static int ToExitCode(StoredMessage message) => message.State switch
    {
        MessageState.Unknown => ExitCode.Unknown,
        MessageState.Failed => message.Failure switch
        {
            SendFailure.UnknownUser => ExitCode.NotFound,
            SendFailure.BadKeys or SendFailure.KeyChanged or SendFailure.BrokerUntrusted => ExitCode.Untrusted,
            SendFailure.Refused => ExitCode.Refused,
            _ => ExitCode.Network,
        },
        MessageState.Queued => ExitCode.Network,
        _ => ExitCode.Done,
    };

    /// <summary>Why a message did not go out, or may not have; made safe for a terminal.</summary>
    public static string Describe(StoredMessage message)
    {
        var reason = message.State switch
        {
            MessageState.Unknown => "the connection broke while it was sent: nobody can know whether it arrived",
            MessageState.Queued => "not sent yet",
            _ => "not sent: " + Reason(message),
        };
        return message.Detail is { Length: > 0 } detail ? $"{reason} ({TerminalText.Escape(detail)})" : reason;
    }

    private static string Reason(StoredMessage message) => message.Failure switch
    {
        SendFailure.UnknownUser => $"the key directory knows no {message.Contact}",
        SendFailure.BadKeys => $"the keys of {message.Contact} are not to be trusted",
        SendFailure.KeyChanged => $"the keys of {message.Contact} have changed; compare them and accept them first: /trust in a chat",
        SendFailure.DirectoryUnavailable => "the key directory cannot be reached",
        SendFailure.BrokerUnavailable => "the broker cannot be reached",
        SendFailure.BrokerUntrusted => "the broker could not prove who it is",
        SendFailure.Refused => "the broker refused it",
        SendFailure.Withdrawn => "taken back before it left",
        _ => "no reason was given",
    };
}
