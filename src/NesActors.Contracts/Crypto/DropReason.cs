namespace NesActors.Contracts.Crypto;

/// <summary>Why a frame was dropped. Counted and shown to the user, never told to the sender.</summary>
public enum DropReason
{
    /// <summary>No frame of the suite: not its form, or a part is missing.</summary>
    BadFrame,

    /// <summary>More bytes than the host takes.</summary>
    TooLarge,

    /// <summary>Not decrypted, whatever the cause.</summary>
    CannotOpen,

    /// <summary>Decrypted to something that is no message, or an ambiguous one.</summary>
    BadMessage,

    /// <summary>The sender's name is no username.</summary>
    BadSender,

    /// <summary>Signed for somebody else, and sealed to me by a third.</summary>
    NotForMe,

    /// <summary>The key directory knows no such sender.</summary>
    UnknownSender,

    /// <summary>The sender's keys are there and must not be used: weak, damaged, or not vouched for by the directory.</summary>
    BadKeys,

    /// <summary>Not signed by whom it claims.</summary>
    BadSignature,

    /// <summary>From somebody whom the person has blocked.</summary>
    Blocked,

    /// <summary>From a stranger, and the settings say that none are wanted.</summary>
    Stranger,

    /// <summary>Signed by other keys than the pinned ones, and the settings say that none are to be accepted.</summary>
    KeyChanged,

    /// <summary>By a weaker suite than the contact is known to have, and the settings say that none such is to be accepted.</summary>
    OlderSuite,

    /// <summary>Seen before.</summary>
    Repeated,

    /// <summary>More waits than there is room for.</summary>
    Overload,
}
