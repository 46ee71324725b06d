using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Rsa;

namespace NesActors.Crypto.RsaAes;

/// <summary>A user's two RSA pairs, parsed once, and the message key before the last change where it was kept.</summary>
internal sealed class RsaAesIdentity : ILocalIdentity
{
    private readonly RsaPrivateKey _messageKey;
    private readonly RsaPrivateKey _signKey;
    private readonly RsaPrivateKey? _previousMessageKey;

    public RsaAesIdentity(Username user, RsaPrivateKey messageKey, RsaPrivateKey signKey, RsaPrivateKey? previousMessageKey = null)
    {
        User = user;
        _messageKey = messageKey;
        _signKey = signKey;
        _previousMessageKey = previousMessageKey;
        Fingerprint = KeyFingerprint.Of(messageKey.PublicKey, signKey.PublicKey);
        PublicRecord = new PublicRecord(user, new Dictionary<string, string>
        {
            [PublicRecord.MessageKey] = messageKey.PublicKey.ToPem(),
            [PublicRecord.SignKey] = signKey.PublicKey.ToPem(),
        });
    }

    public Username User { get; }

    public PublicRecord PublicRecord { get; }

    public Fingerprint Fingerprint { get; }

    public byte[] Seal(Message message, IPeerIdentity recipient)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (recipient is not RsaAesPeer peer) throw new ArgumentException("The recipient's keys are of another suite.", nameof(recipient));
        if (message.From != User) throw new ArgumentException("The message is from another user.", nameof(message));
        if (message.To != peer.User) throw new ArgumentException("The message is to another user.", nameof(recipient));

        var plaintext = PlaintextCodec.Write(message);
        var signature = _signKey.SignPss(plaintext);
        Span<byte> secret = stackalloc byte[Envelope.SecretLength];
        RandomNumberGenerator.Fill(secret);
        try
        {
            return FrameCodec.Write(peer.MessageKey.Encrypt(secret), Envelope.Encrypt(secret, plaintext), signature);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>
    /// Opens in one course, whatever goes wrong after the frame was parsed.
    /// </summary>
    /// <remarks>
    /// Whoever can tell why a frame did not open can have others' frames decrypted bit by bit: by the RSA padding (Bleichenbacher), or by the
    /// CBC padding (Vaudenay). So nothing here depends on the cause, in result or in time:
    /// <list type="bullet">
    /// <item>The RSA padding is checked without branches; where it is wrong, the work goes on with a random secret, whose plaintext is
    /// noise, just as that of a secret that an attacker made up by changing the ciphertext.</item>
    /// <item>The CBC padding is checked without branches; where it is wrong, the whole buffer stands for the plaintext. What an attacker can
    /// reach is true text in front and noise behind, and the parser stops at the noise whether some of its last bytes were cut off or not.</item>
    /// <item>The plaintext is parsed in every case, and only then are the outcomes of the three steps looked at.</item>
    /// <item>A parse that fails throws and is caught in every case: the cost is the same.</item>
    /// <item>Where there is a key from before the last change, whatever does not open with the one is tried with the other, for any cause.</item>
    /// </list>
    /// What remains is the difference between a true message and anything else, and it is there for all to see: the one is shown.
    /// Whether a ciphertext has whole blocks is plain from the frame, so that alone may cut the work short.
    /// </remarks>
    public OpenResult Open(ReadOnlyMemory<byte> frame)
    {
        if (FrameCodec.TryRead(frame.Span) is not { } parts) return OpenResult.Dropped(DropReason.BadFrame);
        if (!Envelope.HasWholeBlocks(parts.CipherText)) return OpenResult.Dropped(DropReason.CannotOpen);
        var result = Open(parts, _messageKey);
        return result.Frame is null && _previousMessageKey is not null && Open(parts, _previousMessageKey) is { Frame: not null } older ? older : result;
    }

    public void Dispose()
    {
        _messageKey.Dispose();
        _signKey.Dispose();
        _previousMessageKey?.Dispose();
    }

    private static OpenResult Open(FrameParts parts, RsaPrivateKey key)
    {
        Span<byte> secret = stackalloc byte[Envelope.SecretLength];
        var opened = key.DecryptPkcs1(parts.CipherKey, secret);
        opened &= Envelope.Decrypt(secret, parts.CipherText, out var plaintext);
        CryptographicOperations.ZeroMemory(secret);
        var content = PlaintextCodec.TryRead(plaintext.Span);

        if (opened == 0) return OpenResult.Dropped(DropReason.CannotOpen);
        if (content is null) return OpenResult.Dropped(DropReason.BadMessage);
        return OpenResult.Opened(new RsaAesOpenedFrame(content, plaintext, parts.Signature));
    }
}
