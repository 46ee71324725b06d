using System.Security.Cryptography;
using Geralt;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace Sample.Suite;

/// <summary>A user's own keys. A frame: version, one-time public key[32], nonce[24], and sealed: signature[64], content.</summary>
internal sealed class SampleIdentity : ILocalIdentity
{
    private const byte Version = 1;
    private const int NonceAt = 1 + X25519.PublicKeySize, SealedAt = NonceAt + XChaCha20Poly1305.NonceSize;
    private readonly byte[] _signKey = new byte[Ed25519.PrivateKeySize], _agreeKey = new byte[X25519.PrivateKeySize], _public = new byte[Ed25519.PublicKeySize + X25519.PublicKeySize];

    public SampleIdentity(Username user, ReadOnlySpan<byte> seeds)
    {
        Ed25519.GenerateKeyPair(_public.AsSpan(0, Ed25519.PublicKeySize), _signKey, seeds[..Ed25519.SeedSize]);
        X25519.GenerateKeyPair(_public.AsSpan(Ed25519.PublicKeySize), _agreeKey, seeds[Ed25519.SeedSize..]);
        (User, Fingerprint) = (user, SamplePeer.FingerprintOf(_public));
        Statement = Convert.ToBase64String([.. _public, .. Sign(SamplePeer.Signed(user, _public))]);
    }

    public Username User { get; }

    public Fingerprint Fingerprint { get; }

    public string Statement { get; }

    public PublicRecord PublicRecord => new(User, new Dictionary<string, string> { [PublicRecord.StatementOf("sample1")] = Statement });

    public byte[] Compose(Message message) => message.From == User ? SampleContent.Write(message) : throw new ArgumentException("The message is from another user.", nameof(message));

    public SealedFrame Seal(ReadOnlyMemory<byte> content, IPeerIdentity recipient)
    {
        if (recipient is not SamplePeer peer || SampleContent.Read(content.Span) is not { } parts || parts.From != User.Value || parts.To != peer.User.Value)
            throw new ArgumentException("These keys are not the recipient's.", nameof(recipient));
        byte[] plaintext = [.. Sign(SampleOpenedFrame.Signed(content.Span)), .. content.Span];
        var frame = new byte[SealedAt + plaintext.Length + XChaCha20Poly1305.TagSize];
        frame[0] = Version;
        RandomNumberGenerator.Fill(frame.AsSpan(NonceAt, XChaCha20Poly1305.NonceSize));
        Span<byte> once = stackalloc byte[X25519.PrivateKeySize], key = stackalloc byte[XChaCha20Poly1305.KeySize];
        X25519.GenerateKeyPair(frame.AsSpan(1, X25519.PublicKeySize), once);
        X25519.DeriveSenderSharedKey(key, once, peer.AgreeKey, "one frame's key\0"u8, default);
        XChaCha20Poly1305.Encrypt(frame.AsSpan(SealedAt), plaintext, frame.AsSpan(NonceAt, XChaCha20Poly1305.NonceSize), key, frame.AsSpan(0, SealedAt));
        CryptographicOperations.ZeroMemory(once);
        CryptographicOperations.ZeroMemory(key);
        return new SealedFrame(frame, SHA256.HashData(content.Span));
    }

    public OpenResult Open(ReadOnlyMemory<byte> frame)
    {
        var bytes = frame.Span;
        var length = bytes.Length - SealedAt - XChaCha20Poly1305.TagSize;
        if (length < Ed25519.SignatureSize || bytes[0] != Version) return OpenResult.Dropped(DropReason.BadFrame);
        var plaintext = new byte[length];
        Span<byte> key = stackalloc byte[XChaCha20Poly1305.KeySize];
        try
        {
            X25519.DeriveRecipientSharedKey(key, _agreeKey, bytes[1..NonceAt], "one frame's key\0"u8, default);
            XChaCha20Poly1305.Decrypt(plaintext, bytes[SealedAt..], bytes[NonceAt..SealedAt], key, bytes[..SealedAt]);
        }
        catch (CryptographicException)
        {
            return OpenResult.Dropped(DropReason.CannotOpen);
        }
        return SampleContent.Read(plaintext.AsSpan(Ed25519.SignatureSize)) is { } content
            ? OpenResult.Opened(new SampleOpenedFrame(content, plaintext)) : OpenResult.Dropped(DropReason.BadMessage);
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_signKey);
        CryptographicOperations.ZeroMemory(_agreeKey);
    }

    private byte[] Sign(ReadOnlySpan<byte> data)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(signature, data, _signKey);
        return signature;
    }
}

/// <summary>A frame that was decrypted: its text cannot be had before the sender's keys have proved it.</summary>
internal sealed class SampleOpenedFrame(SampleContent content, byte[] plaintext)
    : OpenedFrame(content.From, content.To, SHA256.HashData(plaintext.AsSpan(Ed25519.SignatureSize)))
{
    /// <summary>What a sender signs: never the same bytes as what a statement signs.</summary>
    public static byte[] Signed(ReadOnlySpan<byte> content) => [.. "sample1/message\0"u8, .. content];

    protected override Message? VerifyCore(IPeerIdentity sender)
    {
        if (sender is not SamplePeer peer) throw new ArgumentException("These are the keys of another suite.", nameof(sender));
        return Ed25519.Verify(plaintext.AsSpan(0, Ed25519.SignatureSize), Signed(plaintext.AsSpan(Ed25519.SignatureSize)), peer.SignKey) && Username.TryParse(content.To, out var to)
            ? new Message(peer.User, to, DateTimeOffset.FromUnixTimeMilliseconds(content.SentAt), content.Text) { Delivery = content.Delivery } : null;
    }
}
