using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.Crypto.Tests.Toy;

/// <summary>A user of the toy suite (NOT FOR USE: a test fixture).</summary>
internal sealed class ToyIdentity(Username user, ECDsa identity, ToyPrekeys prekeys, TimeProvider clock) : ILocalIdentity
{
    public Username User => user;

    public Fingerprint Fingerprint { get; } = ToyPeer.FingerprintOf(identity);

    /// <summary>With the newest prekey, at each call.</summary>
    public PublicRecord PublicRecord
    {
        get
        {
            var prekey = prekeys.Current();
            lock (identity)
            {
                return new PublicRecord(user, new Dictionary<string, string>
                {
                    [ToySuite.PublicIdentity] = Convert.ToBase64String(identity.ExportSubjectPublicKeyInfo()),
                    [ToySuite.PublicPrekey] = Convert.ToBase64String(ToyPeer.SignPrekey(identity, prekey)),
                });
            }
        }
    }

    public byte[] Compose(Message message) =>
        message.From == user ? ToyContent.Write(message) : throw new ArgumentException("The message is from another user.");

    public SealedFrame Seal(ReadOnlyMemory<byte> content, IPeerIdentity recipient)
    {
        if (recipient is not ToyPeer peer || ToyContent.TryRead([.. new byte[ToyContent.SignatureLength], .. content.Span]) is not { } parts
            || parts.From != user.Value || parts.To != peer.User.Value) throw new ArgumentException("These keys do not fit.");
        if (peer.UsableUntil <= clock.GetUtcNow()) throw new KeyException($"The prekey of {peer.User} has expired.");

        byte[] signature;
        lock (identity) signature = identity.SignData(content.Span, HashAlgorithmName.SHA256);
        return new SealedFrame(ToyFrame.Seal(peer, [.. signature, .. content.Span]), SHA256.HashData(content.Span));
    }

    public OpenResult Open(ReadOnlyMemory<byte> frame)
    {
        if (!ToyFrame.TryReadPrekeyId(frame.Span, out var id)) return OpenResult.Dropped(DropReason.BadFrame);
        if (prekeys.Find(id) is not { } prekey || ToyFrame.Open(prekey, frame.Span) is not { } signed) return OpenResult.Dropped(DropReason.CannotOpen);
        return ToyContent.TryRead(signed) is { } content ? OpenResult.Opened(new ToyOpenedFrame(content)) : OpenResult.Dropped(DropReason.BadMessage);
    }

    public void Dispose() => identity.Dispose();
}

/// <summary>A decrypted frame of the toy suite (NOT FOR USE: a test fixture).</summary>
internal sealed class ToyOpenedFrame(ToyContent content) : OpenedFrame(content.From, content.To, SHA256.HashData(content.Signed))
{
    protected override Message? VerifyCore(IPeerIdentity sender)
    {
        if (sender is not ToyPeer peer) throw new ArgumentException("These are the keys of another suite.", nameof(sender));
        if (!peer.Verify(content.Signed, content.Signature) || !Username.TryParse(content.To, out var to)) return null;
        return new Message(peer.User, to, content.SentAt, content.Text) { Delivery = content.Delivery };
    }
}
