using System.Security.Cryptography;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.Nes2.Frames;
using NesActors.Crypto.Nes2.Keys;
using NesActors.Fuzz.Running;
using NesActors.Fuzz.Targets;

namespace NesActors.Fuzz.Nes2;

/// <summary>
/// What somebody of bad will can seal in another's name, for that needs the recipient's prekey alone: any message of suite nes2, with the sender's fingerprint or the forger's, signed by the
/// forger. None of it verifies.
/// </summary>
/// <param name="messages">What is sealed.</param>
/// <param name="sender">In whose name.</param>
/// <param name="recipient">Who opens.</param>
/// <param name="to">The recipient's keys, as everybody has them.</param>
/// <param name="forger">The sign key of who does it.</param>
/// <param name="forgersFingerprint">By which others know the forger.</param>
internal sealed class Nes2Forgeries(IFrameTarget messages, IPeerIdentity sender, ILocalIdentity recipient, Nes2Peer to, IdentityKey forger, byte[] forgersFingerprint) : IFrameTarget
{
    private readonly byte[] _fingerprint = Convert.FromHexString(sender.Fingerprint.Value);

    public string Name => "nes2 message, forged";

    public byte[] Make(Random random) => messages.Make(random);

    public string Check(byte[] input)
    {
        var result = recipient.Open(ToFrame(input));
        if (result.Frame is not { } opened) return SignedFrames.Reason(result.Reason);
        if (opened.ClaimedSender != sender.User.Value) return "opened, of somebody else";
        return opened.Verify(sender) is null ? "opened, not verified" : throw new PropertyException("Something verifies that its sender did not sign.");
    }

    /// <summary>Whose fingerprint it holds follows from the input, as all of a case does.</summary>
    public byte[] ToFrame(byte[] input) =>
        Sealing.Seal([.. SHA256.HashData(input)[0] % 4 == 0 ? forgersFingerprint : _fingerprint, .. input], forger.PrivateKey, to.Recipient, to.Kid, to.Prekey);
}
