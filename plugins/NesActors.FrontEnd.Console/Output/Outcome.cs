using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Console.Output;

/// <summary>How sending a message ended, in words that say what to do.</summary>
internal static class Outcome
{
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
        SendFailure.KeysRevoked => $"{message.Contact} revoked the keys",
        SendFailure.UserDeleted => $"{message.Contact} left the key directory",
        SendFailure.BadKeys => $"the keys of {message.Contact} are not to be trusted",
        SendFailure.KeyChanged => $"the keys of {message.Contact} have changed; compare them and accept them first: /trust in a chat",
        SendFailure.SuiteDowngraded => $"{message.Contact} has had a better suite than there is now: nes contacts trust {message.Contact} --accept-older-suite lets messages go without",
        SendFailure.OwnKeysUnseen => "the key directory does not show your own keys: nes keys publish puts them there, nes doctor tells what hinders it",
        SendFailure.DirectoryUnavailable => "the keys cannot be had now",
        SendFailure.BrokerUnavailable => "the broker cannot be reached",
        SendFailure.BrokerUntrusted => "the broker could not prove who it is",
        SendFailure.BrokerMisconfigured => "the settings for the broker make no sense",
        SendFailure.Refused => "the broker refused it",
        SendFailure.Blocked => $"you have blocked {message.Contact}",
        SendFailure.Withdrawn => "taken back before it left",
        _ => "no reason was given",
    };
}
