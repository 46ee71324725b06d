namespace NesActors.Contracts.FrontEnd;

/// <summary>The exit codes of the program: what a script may rely on.</summary>
public static class ExitCode
{
    /// <summary>All was done.</summary>
    public const int Done = 0;

    /// <summary>The command, an option or a setting makes no sense.</summary>
    public const int Usage = 1;

    /// <summary>There is no such user, file or key.</summary>
    public const int NotFound = 2;

    /// <summary>The broker or the directory could not be reached, or did not answer in time. Nothing was sent.</summary>
    public const int Network = 3;

    /// <summary>A key or an answer is not to be trusted: changed, weak, damaged, or wrongly signed.</summary>
    public const int Untrusted = 4;

    /// <summary>The other side answered and refused.</summary>
    public const int Refused = 5;

    /// <summary>The connection broke after the message had left, or it was to be confirmed by the recipient and was not in time: nobody can know whether it arrived.</summary>
    public const int Unknown = 6;

    /// <summary>The exit code that tells a script what became of a message it sent.</summary>
    public static int Of(StoredMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.State switch
        {
            MessageState.Unknown => Unknown,
            MessageState.Failed => Of(message.Failure),
            MessageState.Queued => Network,
            _ => Done,
        };
    }

    private static int Of(SendFailure failure) => failure switch
    {
        SendFailure.UnknownUser or SendFailure.UserDeleted => NotFound,
        SendFailure.BadKeys or SendFailure.KeysRevoked or SendFailure.KeyChanged or SendFailure.SuiteDowngraded or SendFailure.OwnKeysUnseen or SendFailure.BrokerUntrusted => Untrusted,
        SendFailure.BrokerMisconfigured or SendFailure.Blocked => Usage,
        SendFailure.Refused => Refused,
        _ => Network,
    };
}
