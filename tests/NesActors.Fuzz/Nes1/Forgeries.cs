using System.Security.Cryptography;
using NesActors.Contracts.Crypto;
using NesActors.Fuzz.Running;
using NesActors.Fuzz.Targets;
using NesActors.Rsa;

namespace NesActors.Fuzz.Nes1;

/// <summary>
/// What somebody of bad will can seal in another's name, for that needs the recipient's public key alone: any plaintext, and a signature that is another's, of another plaintext, cut, or
/// nothing. None of it verifies.
/// </summary>
/// <param name="plaintexts">What is sealed.</param>
/// <param name="sender">In whose name.</param>
/// <param name="recipient">Who opens.</param>
/// <param name="signature">A true signature of the sender's, of a plaintext that is none of these.</param>
/// <param name="forger">The key of who does it.</param>
internal sealed class Forgeries(Plaintexts plaintexts, IPeerIdentity sender, ILocalIdentity recipient, byte[] signature, RsaPrivateKey forger) : IFrameTarget
{
    public string Name => "plaintext, forged";

    public byte[] Make(Random random) => plaintexts.Make(random);

    public string Check(byte[] input)
    {
        var result = recipient.Open(ToFrame(input));
        if (result.Frame is not { } opened) return SignedFrames.Reason(result.Reason);
        if (opened.ClaimedSender != sender.User.Value) return "opened, of somebody else";
        return opened.Verify(sender) is null ? "opened, not verified" : throw new PropertyException("Something verifies that its sender did not sign.");
    }

    public byte[] ToFrame(byte[] input) => plaintexts.Seal(input, SignatureFor(input));

    /// <summary>Which of them follows from the input, as all of a case does.</summary>
    private byte[] SignatureFor(byte[] input) => (SHA256.HashData(input)[0] % 8) switch
    {
        0 => [],
        1 => new byte[signature.Length],
        2 => signature[1..],
        3 => [0, .. signature],
        4 => forger.SignPss(input),
        _ => signature,
    };
}
