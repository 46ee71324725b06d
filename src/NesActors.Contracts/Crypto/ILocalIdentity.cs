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

    /// <summary>Makes the frame that carries a message: encrypted for its recipient, signed by this user.</summary>
    /// <param name="message">The message. <see cref="Message.From"/> is this user, <see cref="Message.To"/> the recipient.</param>
    /// <param name="recipient">The recipient's keys, from the same suite.</param>
    /// <returns>The bytes for the transport. Two calls give two different frames.</returns>
    /// <exception cref="ArgumentException">The names do not fit the keys, or the keys are of another suite.</exception>
    /// <exception cref="KeyException">The recipient's keys have expired.</exception>
    byte[] Seal(Message message, IPeerIdentity recipient);

    /// <summary>
    /// Opens a frame from the wire, as far as this is possible without knowing its sender. Never throws for what stands in the frame; why a
    /// decryption failed shows neither in the result nor in the time it takes.
    /// </summary>
    /// <param name="frame">Any bytes. The host has limited their number.</param>
    OpenResult Open(ReadOnlyMemory<byte> frame);
}
