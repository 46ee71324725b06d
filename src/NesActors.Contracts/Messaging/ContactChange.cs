using System.Globalization;
using System.Text;
using NesActors.Contracts.Crypto;

namespace NesActors.Contracts;

/// <summary>What a person decides about a contact. Doing it twice changes nothing more.</summary>
public abstract record ContactChange
{
    private ContactChange() { }

    /// <summary>A stranger becomes a contact; a blocked one too.</summary>
    public sealed record Accept : ContactChange;

    /// <summary>What arrives is dropped from now on, and nothing is sent.</summary>
    public sealed record Block : ContactChange;

    /// <summary>Takes a block back: the contact is accepted, or a stranger, as before it.</summary>
    public sealed record Unblock : ContactChange;

    /// <summary>Gives another name, for the person alone.</summary>
    public sealed record Rename : ContactChange
    {
        /// <summary>The longest alias, in UTF-16 units.</summary>
        public const int MaxLength = 64;

        /// <summary>Sets the name.</summary>
        /// <param name="alias">See <see cref="IsValid"/>; <see langword="null"/>: none but the username.</param>
        /// <exception cref="ArgumentException">It is no alias.</exception>
        public Rename(string? alias) => Alias = Check(alias);

        /// <summary>The name.</summary>
        public string? Alias { get; }

        /// <summary>Whether a text can be an alias: from 1 to <see cref="MaxLength"/> characters on one line, valid Unicode, no blank at its ends.</summary>
        public static bool IsValid(string alias) =>
            alias is { Length: > 0 and <= MaxLength } && alias.Trim() == alias && alias.EnumerateRunes().All(IsPrintable);

        /// <summary>Says why somebody cannot be called so: it is no alias, or it is the name of another contact, for whom they would be taken.</summary>
        /// <param name="alias">The alias.</param>
        /// <param name="user">Whose it shall be.</param>
        /// <param name="isKnown">Whether a name is one of the contacts'.</param>
        /// <returns>A few words for a person, harmless in a terminal; <see langword="null"/> where nothing is wrong with it.</returns>
        public static string? ProblemOf(string alias, Username user, Func<Username, bool> isKnown)
        {
            ArgumentNullException.ThrowIfNull(alias);
            ArgumentNullException.ThrowIfNull(isKnown);
            if (!IsValid(alias)) return $"an alias has 1 to {MaxLength} characters on one line, and no blank at its ends";
            return Username.TryParse(alias.ToLowerInvariant(), out var other) && other != user && isKnown(other) ? $"an alias cannot be another contact's name: {other}" : null;
        }

        // Half of a character that stands alone is enumerated as the replacement character.
        private static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar
            && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

        internal static string? Check(string? alias) => alias is null || IsValid(alias)
            ? alias
            : throw new ArgumentException($"An alias has 1 to {MaxLength} characters on one line, and no blank at its ends.", nameof(alias));
    }

    /// <summary>Accepts changed keys: the person has compared the fingerprint. Applies where just these are on offer.</summary>
    /// <param name="Fingerprint">The keys that are accepted.</param>
    public sealed record AcceptKeys(Fingerprint Fingerprint) : ContactChange;

    /// <summary>
    /// Lets messages go by the suite in which the contact's keys are pinned, although a better one was seen: until the contact says anew, by a newer statement, that they use that. Applies where a better one was seen.
    /// </summary>
    public sealed record AcceptOlderSuite : ContactChange;

    /// <summary>Says that the safety number was compared, or takes that back. Applies where just these keys are pinned.</summary>
    /// <param name="Fingerprint">The contact's keys whose safety number it was.</param>
    /// <param name="IsVerified">Whether the numbers were the same.</param>
    public sealed record Verify(Fingerprint Fingerprint, bool IsVerified) : ContactChange;

    /// <summary>Whether the contact is told what was read.</summary>
    /// <param name="Send"><see langword="null"/>: as the settings say for all.</param>
    public sealed record SendReadReceipts(bool? Send) : ContactChange;

    /// <summary>Whether the contact is told what has arrived. Who is not, is told nothing of what was read either, and sends again what may have been lost.</summary>
    /// <param name="Send"><see langword="null"/>: as the settings say for all.</param>
    public sealed record SendDeliveryReceipts(bool? Send) : ContactChange;

    /// <summary>
    /// Takes over what a file of contacts says: the pinned keys and their origin where none are pinned, alias and receipts where it has them, and whether the contact is accepted or blocked; it takes neither back.
    /// What was compared was compared with the keys of whoever wrote the file: none of it is verified by that. Applies where no other keys are pinned.
    /// </summary>
    public sealed record Import : ContactChange
    {
        /// <summary>Sets what the file says.</summary>
        /// <param name="contact">Offered keys, unread messages, how long messages are kept and how far a directory vouches are not looked at.</param>
        /// <exception cref="ArgumentException">The alias is none.</exception>
        public Import(Contact contact)
        {
            ArgumentNullException.ThrowIfNull(contact);
            Rename.Check(contact.Alias);
            Contact = contact;
        }

        /// <summary>What the file says.</summary>
        public Contact Contact { get; }
    }

    /// <summary>Forgets all that is known of the contact: messages, keys, everything but what repeats are recognised by and numbers go on from. Applies where nothing waits to go out.</summary>
    public sealed record Forget : ContactChange;
}
