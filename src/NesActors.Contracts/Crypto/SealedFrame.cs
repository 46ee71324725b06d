namespace NesActors.Contracts.Crypto;

/// <summary>A frame on its way out.</summary>
/// <param name="Bytes">For the transport.</param>
/// <param name="ContentHash">What the recipient will recognise a repeat by: the <see cref="OpenedFrame.ContentHash"/> of the frame when it is opened.</param>
public sealed record SealedFrame(byte[] Bytes, ReadOnlyMemory<byte> ContentHash);

/// <summary>Shorter ways to use an identity.</summary>
public static class LocalIdentityExtensions
{
    /// <summary>Composes and seals at once: for what is sent one time only.</summary>
    /// <exception cref="ArgumentException">See <see cref="ILocalIdentity.Compose"/> and <see cref="ILocalIdentity.Seal"/>.</exception>
    /// <exception cref="KeyException">See <see cref="ILocalIdentity.Seal"/>.</exception>
    public static byte[] Seal(this ILocalIdentity identity, Message message, IPeerIdentity recipient)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return identity.Seal(identity.Compose(message), recipient).Bytes;
    }
}
