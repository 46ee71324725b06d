using Geralt;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2.Contents;
using NesActors.Crypto.Nes2.Frames;

namespace NesActors.Crypto.Nes2;

/// <summary>A decrypted content, with the signature and what it must be over.</summary>
internal sealed class Nes2OpenedFrame : OpenedFrame
{
    private const int FingerprintLength = 32;

    private readonly ContentParts _parts;
    private readonly Username _to;
    private readonly byte[] _signed;
    private readonly byte[] _signature;
    private readonly Fingerprint _sender;

    private Nes2OpenedFrame(ContentParts parts, Username to, byte[] signed, byte[] signature, Fingerprint sender, byte[] contentHash) : base(parts.From, to.Value, contentHash) =>
        (_parts, _to, _signed, _signature, _sender) = (parts, to, signed, signature, sender);

    /// <summary>Reads what was decrypted: <c>signature[64] | sender's fingerprint[32] | message | padding</c>.</summary>
    /// <returns><see langword="null"/> where it is something else.</returns>
    public static Nes2OpenedFrame? TryRead(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> plaintext, Recipient me)
    {
        var length = Padding.ContentLength(plaintext);
        if (length < Ed25519.SignatureSize + FingerprintLength) return null;
        var content = plaintext[Ed25519.SignatureSize..length];
        var message = content[FingerprintLength..];
        if (ContentCodec.TryRead(message) is not { } parts) return null;
        var signed = MessageSignature.Input(me, FrameLayout.HeaderIn(frame), FrameLayout.EncIn(frame), content);
        var sender = new Fingerprint(Convert.ToHexStringLower(content[..FingerprintLength]));
        return new Nes2OpenedFrame(parts, me.User, signed, plaintext[..Ed25519.SignatureSize].ToArray(), sender, ComposedContent.HashOf(message));
    }

    protected override Message? VerifyCore(IPeerIdentity sender)
    {
        if (sender is not Nes2Peer peer) throw new ArgumentException("The sender's keys are of another suite.", nameof(sender));
        if (peer.Fingerprint != _sender || !peer.Verify(_signed, _signature)) return null;
        return new Message(peer.User, _to, _parts.SentAt, _parts.Text) { Delivery = _parts.Delivery, Capabilities = _parts.Capabilities };
    }
}
