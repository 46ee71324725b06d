using NesActors.Contracts;
using NesActors.Contracts.FrontEnd;
using NesActors.Contracts.Transport;

namespace NesActors.Cli.Commands;

/// <summary>Tells how a message ended for one recipient.</summary>
/// <param name="run">The command.</param>
/// <param name="json">Whether a program reads it.</param>
/// <param name="quiet">Whether to tell of failures alone.</param>
/// <param name="hopeless">Why the broker will not have this client; <see langword="null"/> where it is not that.</param>
internal sealed class SendReport(Invocation run, bool json, bool quiet, TransportException? hopeless)
{
    /// <summary>Prints it.</summary>
    /// <returns>The exit code that it asks for; the greatest of several is the one that counts.</returns>
    public int Tell(StoredMessage message)
    {
        var code = CodeOf(message);
        if (json)
        {
            run.Out.WriteLine(JsonLine.Of(
                ("to", message.Contact.Value), ("id", message.Id.ToString()), ("state", message.State.ToString().ToLowerInvariant()),
                ("failure", message.Failure == SendFailure.None ? null : message.Failure.ToString()), ("detail", hopeless is not null && code != ExitCode.Done ? hopeless.Message : message.Detail), ("exit", code)));
        }
        else if (code == ExitCode.Done && !quiet)
        {
            run.Out.WriteLine($"{message.Contact}: sent");
        }
        if (code != ExitCode.Done && !json) run.Error.WriteLine($"nes: {message.Contact}: {Explain(message)}".ReplaceLineEndings(" "));
        return code;
    }

    private int CodeOf(StoredMessage message) => message.State switch
    {
        MessageState.Published => ExitCode.Done,
        MessageState.Unknown => ExitCode.Unknown,
        _ when hopeless is not null => Cli.CodeOf(hopeless.Failure),
        _ => message.Failure switch
        {
            SendFailure.UnknownUser => ExitCode.NotFound,
            SendFailure.BadKeys or SendFailure.KeyChanged => ExitCode.Untrusted,
            SendFailure.Refused => ExitCode.Refused,
            _ => ExitCode.Network,
        },
    };

    private string Explain(StoredMessage message)
    {
        var detail = message.Detail is { Length: > 0 } text ? $": {text}" : "";
        if (message.State == MessageState.Unknown) return $"the connection broke after the message had left{detail}; it may have arrived: ask before you send it again";
        if (hopeless is not null) return $"{hopeless.Message.TrimEnd('.')}; nothing was sent; see: nes doctor";
        var settings = run.Settings;
        return message.Failure switch
        {
            SendFailure.UnknownUser => $"the key directory {settings.Provider} knows no such user{detail}; check the name, or choose another directory with -p URL",
            SendFailure.BadKeys => $"the keys are not to be trusted, nothing was sent{detail}; check the key directory and its public key (-p, -P)",
            SendFailure.KeyChanged => $"the keys have changed, nothing was sent{detail}; compare fingerprints with {message.Contact} first",
            SendFailure.DirectoryUnavailable => $"the key directory {settings.Provider} did not answer, nothing was sent{detail}; try again later, or: nes doctor",
            SendFailure.Refused => $"the broker {settings.Broker} refused the message{detail}; check user and password, or ask its operator",
            SendFailure.Withdrawn => $"not sent, taken back{detail}",
            _ => $"the broker {settings.Broker} was not reached, nothing was sent{detail}; try again later, or: nes doctor",
        };
    }
}
