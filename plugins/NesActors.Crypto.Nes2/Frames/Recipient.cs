using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Crypto.Nes2.Frames;

/// <summary>Whom a frame is for: what both ends bind it to, in the key and in the signature.</summary>
/// <param name="DirectoryId">The id of the directory that the recipient's statement names; empty: none is bound.</param>
/// <param name="User">The recipient's name.</param>
/// <param name="Fingerprint">Of the recipient's identity, 32 bytes.</param>
internal sealed record Recipient(byte[] DirectoryId, Username User, byte[] Fingerprint)
{
    public static Recipient Of(byte[] directoryId, Username user, Fingerprint fingerprint) => new(directoryId, user, Convert.FromHexString(fingerprint.Value));

    /// <summary>What the key of the frame is made with (<c>info</c> of HPKE).</summary>
    public byte[] Info { get; } = new ByteWriter().Bytes(Domains.Hpke).Lp(DirectoryId).Lp(User.Value).Lp(Fingerprint).ToArray();
}
