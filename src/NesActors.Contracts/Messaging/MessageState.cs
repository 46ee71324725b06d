namespace NesActors.Contracts;

/// <summary>How far a message has come.</summary>
public enum MessageState
{
    /// <summary>Outgoing: accepted here, and not yet at the broker.</summary>
    Queued,

    /// <summary>Outgoing: the broker has confirmed it.</summary>
    Published,

    /// <summary>Outgoing: the recipient's client has confirmed that it arrived. The original's clients confirm nothing: what they get stays <see cref="Published"/>.</summary>
    Delivered,

    /// <summary>Outgoing: it has certainly not been sent, and will not be; see <see cref="StoredMessage.Failure"/>.</summary>
    Failed,

    /// <summary>Outgoing: the connection broke after it may have left; nobody can know, unless the recipient's client confirms it later.</summary>
    Unknown,

    /// <summary>Incoming: verified and stored, not yet read by the person.</summary>
    Received,

    /// <summary>Incoming: read here. Outgoing: the recipient's client says that it was read there.</summary>
    Read,
}

/// <summary>Why an outgoing message failed.</summary>
public enum SendFailure
{
    /// <summary>It did not fail.</summary>
    None,

    /// <summary>The key directory knows no such user.</summary>
    UnknownUser,

    /// <summary>The recipient revoked the keys, and has no others yet.</summary>
    KeysRevoked,

    /// <summary>The recipient left the key directory.</summary>
    UserDeleted,

    /// <summary>The recipient's keys are not to be trusted: weak, damaged, or wrongly signed by the directory.</summary>
    BadKeys,

    /// <summary>The recipient's keys are others than those pinned; the person must decide.</summary>
    KeyChanged,

    /// <summary>A better suite was seen of the recipient than what there is now: missing, older or expired. The person must decide.</summary>
    SuiteDowngraded,

    /// <summary>Others do not see the user's own keys for the recipient's suite at the key directory: the recipient could not verify it. Once they are published it can be sent.</summary>
    OwnKeysUnseen,

    /// <summary>The key directory could not be reached in time.</summary>
    DirectoryUnavailable,

    /// <summary>The broker could not be reached in time.</summary>
    BrokerUnavailable,

    /// <summary>The broker could not prove who it is, so nothing was said to it.</summary>
    BrokerUntrusted,

    /// <summary>The settings for the broker make no sense.</summary>
    BrokerMisconfigured,

    /// <summary>The broker refused us, or the message.</summary>
    Refused,

    /// <summary>The person has blocked the recipient.</summary>
    Blocked,

    /// <summary>The person took it back before it left.</summary>
    Withdrawn,
}

/// <summary>Which way a message goes.</summary>
public enum MessageDirection
{
    /// <summary>From me.</summary>
    Outgoing,

    /// <summary>To me.</summary>
    Incoming,
}
