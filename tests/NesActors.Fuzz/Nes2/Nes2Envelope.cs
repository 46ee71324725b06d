using Geralt;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.Nes2;
using NesActors.Crypto.Nes2.Contents;
using NesActors.Crypto.Nes2.Frames;
using NesActors.Crypto.Nes2.Keys;

namespace NesActors.Fuzz.Nes2;

/// <summary>
/// One encapsulation whose key somebody of bad will keeps, and what was signed for it: any plaintext can be encrypted again behind the same header, so that the signature would still be that of this frame. A suite never does.
/// </summary>
internal sealed class Nes2Envelope
{
    private readonly byte[] _outside = new byte[FrameLayout.CiphertextAt], _key = new byte[ChaCha20Poly1305.KeySize], _nonce = new byte[ChaCha20Poly1305.NonceSize];

    public Nes2Envelope(byte[] composed, IdentityKey signKey, IPeerIdentity sender, Nes2Peer to)
    {
        var secret = new byte[XWing.SharedSecretSize];
        FrameLayout.WriteHeader(to.Kid, _outside);
        XWing.Encapsulate(secret, _outside.AsSpan(FrameLayout.HeaderLength), to.Prekey);
        Hpke.KeySchedule(secret, to.Recipient.Info, _key, _nonce);
        ComposedContent.TryReadRecipient(composed, sender.User, out var message);
        byte[] content = [.. Convert.FromHexString(sender.Fingerprint.Value), .. message];
        var signature = signKey.Sign(MessageSignature.Input(to.Recipient, FrameLayout.HeaderIn(_outside), FrameLayout.EncIn(_outside), content));
        Plaintext = Pad([.. signature, .. content]);
    }

    /// <summary>Signature, sender's fingerprint, message and padding, as the sender made them.</summary>
    public byte[] Plaintext { get; }

    public static byte[] Pad(byte[] bytes)
    {
        var padded = new byte[Padding.PaddedLength(bytes.Length)];
        bytes.CopyTo(padded, 0);
        Padding.Write(padded, bytes.Length);
        return padded;
    }

    /// <summary>The frame that carries a plaintext.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext)
    {
        byte[] frame = [.. _outside, .. new byte[plaintext.Length + ChaCha20Poly1305.TagSize]];
        ChaCha20Poly1305.Encrypt(frame.AsSpan(FrameLayout.CiphertextAt), plaintext, _nonce, _key, FrameLayout.HeaderIn(frame));
        return frame;
    }
}
