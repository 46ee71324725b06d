using NesActors.Contracts.Crypto;

namespace NesActors.Contracts;

/// <summary>What a person decides about a contact. Doing it twice changes nothing more.</summary>
public abstract record ContactChange
{
    private ContactChange() { }

    /// <summary>A stranger becomes a contact; a blocked one too.</summary>
    public sealed record Accept : ContactChange;

    /// <summary>What arrives is dropped from now on.</summary>
    public sealed record Block : ContactChange;

    /// <summary>Takes a block back: the contact is a stranger, or, where there were messages from here, accepted.</summary>
    public sealed record Unblock : ContactChange;

    /// <summary>Gives another name, for the person alone.</summary>
    /// <param name="Alias">At most <see cref="MaxLength"/> characters on one line; <see langword="null"/>: none.</param>
    public sealed record Rename(string? Alias) : ContactChange
    {
        /// <summary>The longest alias, in UTF-16 units.</summary>
        public const int MaxLength = 64;
    }

    /// <summary>Accepts changed keys: the person has compared the fingerprint. Applies where just these are on offer.</summary>
    /// <param name="Fingerprint">The keys that are accepted.</param>
    public sealed record AcceptKeys(Fingerprint Fingerprint) : ContactChange;

    /// <summary>Says that the safety number was compared, or takes that back. Applies where just these keys are pinned.</summary>
    /// <param name="Fingerprint">The contact's keys whose safety number it was.</param>
    /// <param name="IsVerified">Whether the numbers were the same.</param>
    public sealed record Verify(Fingerprint Fingerprint, bool IsVerified) : ContactChange;

    /// <summary>Whether the contact is told what was read.</summary>
    /// <param name="Send"><see langword="null"/>: as the settings say for all.</param>
    public sealed record SendReadReceipts(bool? Send) : ContactChange;

    /// <summary>Takes over what a file of contacts says. Applies where no other keys are pinned.</summary>
    /// <param name="Contact">What it says; offered keys and unread messages are not looked at.</param>
    public sealed record Import(Contact Contact) : ContactChange;

    /// <summary>Forgets all that is known of the contact: messages, keys, everything but what repeats are recognised by. Applies where nothing waits to go out.</summary>
    public sealed record Forget : ContactChange;
}
