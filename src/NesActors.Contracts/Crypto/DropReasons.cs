namespace NesActors.Contracts.Crypto;

/// <summary>The names of the drop reasons, as counters, logs and JSON show them.</summary>
public static class DropReasons
{
    /// <summary>The reason in lower case with dashes: <c>bad-frame</c>.</summary>
    public static string ToCode(this DropReason reason) => reason switch
    {
        DropReason.BadFrame => "bad-frame",
        DropReason.TooLarge => "too-large",
        DropReason.CannotOpen => "cannot-open",
        DropReason.BadMessage => "bad-message",
        DropReason.BadSender => "bad-sender",
        DropReason.NotForMe => "not-for-me",
        DropReason.UnknownSender => "unknown-sender",
        DropReason.BadKeys => "bad-keys",
        DropReason.BadSignature => "bad-signature",
        DropReason.Blocked => "blocked",
        DropReason.Stranger => "stranger",
        DropReason.KeyChanged => "key-changed",
        DropReason.OlderSuite => "older-suite",
        DropReason.Repeated => "repeated",
        DropReason.Overload => "overload",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
