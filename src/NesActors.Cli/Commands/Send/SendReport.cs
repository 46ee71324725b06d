using System.Text.Json;
using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;

namespace NesActors.Cli.Commands.Send;

/// <summary>Tells how a message ended for one recipient.</summary>
/// <param name="run">The command.</param>
/// <param name="goal">How far it was to come.</param>
/// <param name="json">Whether a program reads it.</param>
/// <param name="quiet">Whether to tell of failures alone.</param>
internal sealed class SendReport(Invocation run, SendGoal goal, bool json, bool quiet)
{
    /// <summary>Prints it.</summary>
    /// <returns>The exit code that it asks for; the greatest of several is the one that counts.</returns>
    public int Tell(StoredMessage message)
    {
        var code = CodeOf(message);
        if (json)
        {
            run.Out.WriteLine(JsonLine.Of(
                ("to", message.Contact.Value), ("id", message.Id.ToString()), ("state", CodeOf(message.State)),
                ("failure", message.Failure == SendFailure.None ? null : CodeOf(message.Failure)), ("detail", message.Detail), ("exit", code)));
        }
        else if (code == ExitCode.Done && !quiet)
        {
            run.Out.WriteLine($"{message.Contact}: {(message.State == MessageState.Queued ? "queued" : message.State == MessageState.Published ? "sent" : "delivered")}");
        }
        if (code != ExitCode.Done && !json) run.Error.WriteLine($"nes: {message.Contact}: {Explain(message)}".ReplaceLineEndings(" "));
        return code;
    }

    private int CodeOf(StoredMessage message) => (goal, message.State) switch
    {
        (SendGoal.Queued, MessageState.Queued) => ExitCode.Done,
        (SendGoal.Delivered, MessageState.Published) => ExitCode.Unknown,
        _ => ExitCode.Of(message),
    };

    /// <summary>As <c>listen --json</c> writes states and failures: <c>unknown-user</c>.</summary>
    private static string CodeOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private string Explain(StoredMessage message)
    {
        var detail = message.Detail is { Length: > 0 } text ? $": {TerminalText.Escape(text.TrimEnd('.'))}" : "";
        if (message.State == MessageState.Published) return "sent, and not confirmed in time: it arrives when the recipient's client is there; the original's clients confirm nothing";
        if (message.State == MessageState.Unknown) return $"the connection broke after the message had left{detail}; it may have arrived: ask before you send it again";
        var settings = run.Settings;
        return message.Failure switch
        {
            SendFailure.UnknownUser => $"the key directory {settings.Provider} knows no such user{detail}; check the name, or choose another directory with -p URL",
            SendFailure.KeysRevoked => $"the keys were revoked, nothing was sent{detail}",
            SendFailure.UserDeleted => $"the user left the key directory {settings.Provider}, nothing was sent{detail}",
            SendFailure.BadKeys => $"the keys are not to be trusted, nothing was sent{detail}; check the key directory and its public key (-p, -P)",
            SendFailure.KeyChanged => $"the keys have changed, nothing was sent{detail}; compare fingerprints with {message.Contact} first, then: nes contacts trust {message.Contact} --fingerprint HEX",
            SendFailure.SuiteDowngraded => $"nothing was sent{detail}; ask {message.Contact} by another way whether they have left that suite, then: nes contacts trust {message.Contact} --accept-older-suite",
            SendFailure.OwnKeysUnseen => $"nothing was sent{detail}; a session publishes them (nes listen), or: nes keys publish; nes doctor tells what hinders it",
            SendFailure.DirectoryUnavailable => $"the keys cannot be had from {settings.Provider} now, nothing was sent{detail}; try again later, or: nes doctor",
            SendFailure.BrokerUntrusted => $"the broker {settings.Broker} could not prove who it is, nothing was sent{detail}; see: nes doctor",
            SendFailure.BrokerMisconfigured => $"nothing was sent{detail}; see: nes doctor",
            SendFailure.Refused => $"the broker {settings.Broker} refused, nothing was sent{detail}; check user and password, or ask its operator",
            SendFailure.Blocked => $"you have blocked {message.Contact}, nothing was sent; to take that back: nes contacts unblock {message.Contact}",
            SendFailure.Withdrawn => $"not sent, taken back{detail}",
            _ => $"the broker {settings.Broker} was not reached, nothing was sent{detail}; try again later, or: nes doctor",
        };
    }
}
