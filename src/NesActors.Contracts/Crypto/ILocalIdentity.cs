namespace NesActors.Contracts.Crypto;

/// <summary>A user's own keys, ready for use. Safe for several threads at once. Disposing overwrites what is secret.</summary>
public interface ILocalIdentity : IDisposable
{
    /// <summary>Whose keys they are.</summary>
    Username User { get; }

    /// <summary>The public half, as the user registers it. A suite with prekeys may give a newer one at each call.</summary>
    PublicRecord PublicRecord { get; }

    /// <summary>Stands for the public half: what others see as this user's <see cref="IPeerIdentity.Fingerprint"/>.</summary>
    Fingerprint Fingerprint { get; }

    /// <summary>Says which suites the user's session takes: from now on the public half says the same, where it says anything of that.</summary>
    /// <param name="suites">Their <see cref="ICryptoSuite.Id"/>s, in the order of their bytes. This suite need not be among them: then others are told not to use it any more.</param>
    void Announce(IReadOnlyList<string> suites) { }

    /// <summary>
    /// Says at which directory the user is registered: from now on the public half is for that one alone, where it says anything of that. Before the first call it stays for that which it was for when it was last
    /// written. What others sealed to an earlier public half still opens.
    /// </summary>
    /// <param name="directory">The directory; <see langword="null"/>: one that has no id.</param>
    void BindTo(DirectoryId? directory) { }

    /// <summary>
    /// Writes a message down as it will be signed and sealed. The host keeps the content and seals it again where a frame must be repeated: the
    /// recipient recognises the repeat. Two calls give two different contents, which no hash of one betrays.
    /// </summary>
    /// <param name="message">The message. <see cref="Message.From"/> is this user.</param>
    /// <returns>The suite's own form. It says what the message says: as secret as that.</returns>
    /// <exception cref="ArgumentException">The message is from another user, its text is too long or no valid Unicode, or its <see cref="Message.Delivery"/> or <see cref="Message.Capabilities"/> is not whole.</exception>
    byte[] Compose(Message message);

    /// <summary>Makes the frame that carries a content: encrypted for its recipient, signed by this user.</summary>
    /// <param name="content">From <see cref="Compose"/> of an identity with the same user.</param>
    /// <param name="recipient">The recipient's keys, from the same suite.</param>
    /// <returns>The frame. Two calls give two different frames with the same <see cref="SealedFrame.ContentHash"/>.</returns>
    /// <exception cref="ArgumentException">The content is none or from another user, the keys are not those of its recipient, or of another suite.</exception>
    /// <exception cref="KeyException">The recipient's keys have expired.</exception>
    SealedFrame Seal(ReadOnlyMemory<byte> content, IPeerIdentity recipient);

    /// <summary>
    /// Opens a frame from the wire, as far as this is possible without knowing its sender. Never throws for what stands in the frame; why a
    /// decryption failed shows neither in the result nor in the time it takes.
    /// </summary>
    /// <param name="frame">Any bytes. The host has limited their number.</param>
    OpenResult Open(ReadOnlyMemory<byte> frame);
}
