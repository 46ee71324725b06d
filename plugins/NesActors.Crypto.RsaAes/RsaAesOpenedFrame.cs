using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Crypto.RsaAes;

/// <summary>A decrypted plaintext with the signature over exactly its bytes. The hash of those bytes is the content's.</summary>
internal sealed class RsaAesOpenedFrame(PlaintextContent content, ReadOnlyMemory<byte> plaintext, byte[] signature)
    : OpenedFrame(content.From, content.To, SHA256.HashData(plaintext.Span))
{
    protected override Message? VerifyCore(IPeerIdentity sender)
    {
        if (sender is not RsaAesPeer peer) throw new ArgumentException("The sender's keys are of another suite.", nameof(sender));
        if (!peer.SignKey.VerifyPss(plaintext.Span, signature)) return null;
        // A recipient that is no username is nobody: not this user either, which the host has checked before.
        return Username.TryParse(content.To, out var to) ? new Message(peer.User, to, content.SentAt, content.Text) { Delivery = content.Delivery, Capabilities = content.Capabilities } : null;
    }
}
