namespace NesActors.Contracts.Crypto;

/// <summary>
/// A frame that was decrypted and whose sender is not yet proved. The text cannot be had from it but by <see cref="Verify"/> with the
/// sender's keys. A suite derives its own.
/// </summary>
public abstract class OpenedFrame
{
    /// <summary>Sets what every suite finds in a frame.</summary>
    /// <param name="claimedSender">Who the frame says it is from.</param>
    /// <param name="claimedRecipient">Who the frame says it is for.</param>
    /// <param name="contentHash">See <see cref="ContentHash"/>.</param>
    protected OpenedFrame(string claimedSender, string claimedRecipient, ReadOnlyMemory<byte> contentHash)
    {
        ClaimedSender = claimedSender;
        ClaimedRecipient = claimedRecipient;
        ContentHash = contentHash;
    }

    /// <summary>Who the frame says it is from: unchecked, possibly hostile, possibly no username at all.</summary>
    public string ClaimedSender { get; }

    /// <summary>Who the frame says it is for: unchecked too.</summary>
    public string ClaimedRecipient { get; }

    /// <summary>32 bytes that are the same for every encoding of the same signed content: a repeat is recognised by it.</summary>
    public ReadOnlyMemory<byte> ContentHash { get; }

    /// <summary>Checks that the frame was made by the owner of these keys.</summary>
    /// <param name="sender">The keys of the user whom <see cref="ClaimedSender"/> names.</param>
    /// <returns>The message; <see langword="null"/> where the proof does not hold. Never throws for what stands in the frame.</returns>
    /// <exception cref="ArgumentException">The keys are of another suite or another user.</exception>
    public Message? Verify(IPeerIdentity sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        if (sender.User.Value != ClaimedSender) throw new ArgumentException("These are the keys of another user.", nameof(sender));
        return VerifyCore(sender);
    }

    /// <summary>The suite's part of <see cref="Verify"/>: the keys are those of <see cref="ClaimedSender"/>.</summary>
    protected abstract Message? VerifyCore(IPeerIdentity sender);
}
