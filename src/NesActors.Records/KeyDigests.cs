using NesActors.Rsa;

namespace NesActors.Records;

/// <summary>The hashes of a user's two public keys.</summary>
/// <param name="Message">Of the key that messages to the user are encrypted with.</param>
/// <param name="Sign">Of the key that verifies what the user signs.</param>
public readonly record struct KeyDigests(Digest Message, Digest Sign)
{
    /// <summary>The hashes of two keys.</summary>
    public static KeyDigests Of(RsaPublicKey message, RsaPublicKey sign) => new(Digest.Of(message), Digest.Of(sign));
}
