using System.Security.Cryptography;
using Geralt;
using ChaCha20Poly1305 = Geralt.ChaCha20Poly1305;

namespace NesActors.Crypto.Nes2.Frames;

/// <summary>Makes and opens frames. What is secret lies on the stack, or in memory that does not move, and is overwritten.</summary>
internal static class Sealing
{
    /// <summary>Seals a content, signed by the key of its sender.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signKey, Recipient recipient, ulong kid, byte[] prekey)
    {
        var length = Ed25519.SignatureSize + content.Length;
        var padded = Padding.PaddedLength(length);
        var frame = new byte[FrameLayout.CiphertextAt + padded + ChaCha20Poly1305.TagSize];
        FrameLayout.WriteHeader(kid, frame);
        Span<byte> sharedSecret = stackalloc byte[XWing.SharedSecretSize];
        Span<byte> key = stackalloc byte[ChaCha20Poly1305.KeySize];
        Span<byte> nonce = stackalloc byte[ChaCha20Poly1305.NonceSize];
        var plaintext = GC.AllocateArray<byte>(padded, pinned: true);
        try
        {
            var enc = frame.AsSpan(FrameLayout.HeaderLength, XWing.CiphertextSize);
            XWing.Encapsulate(sharedSecret, enc, prekey);
            var header = FrameLayout.HeaderIn(frame);
            Ed25519.Sign(plaintext.AsSpan(0, Ed25519.SignatureSize), MessageSignature.Input(recipient, header, enc, content), signKey);
            content.CopyTo(plaintext.AsSpan(Ed25519.SignatureSize));
            Padding.Write(plaintext, length);
            Hpke.KeySchedule(sharedSecret, recipient.Info, key, nonce);
            ChaCha20Poly1305.Encrypt(frame.AsSpan(FrameLayout.CiphertextAt), plaintext, nonce, key, header);
            return frame;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(sharedSecret);
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    /// <summary>
    /// Decrypts a frame for which <see cref="FrameLayout.IsFrame"/> holds. One course, whatever is wrong: X-Wing rejects implicitly (only a point of small order in <c>enc</c>, which everybody sees, makes
    /// decapsulation fail), and the one tag is over everything. What fails, fails for each recipient in turn.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="prekeySeed">The prekey.</param>
    /// <param name="recipients">What it may be bound to.</param>
    /// <returns><see langword="null"/> where the frame is not for this prekey and one of these recipients, or was changed.</returns>
    public static Decrypted? Open(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> prekeySeed, IReadOnlyList<Recipient> recipients)
    {
        Span<byte> sharedSecret = stackalloc byte[XWing.SharedSecretSize];
        try
        {
            XWing.Decapsulate(sharedSecret, FrameLayout.EncIn(frame), prekeySeed);
            foreach (var recipient in recipients)
            {
                if (Decrypt(frame, sharedSecret, recipient) is { } plaintext) return new Decrypted(plaintext, recipient);
            }
            return null;
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(sharedSecret);
        }
    }

    private static byte[]? Decrypt(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> sharedSecret, Recipient recipient)
    {
        Span<byte> key = stackalloc byte[ChaCha20Poly1305.KeySize];
        Span<byte> nonce = stackalloc byte[ChaCha20Poly1305.NonceSize];
        var ciphertext = FrameLayout.CiphertextIn(frame);
        var plaintext = new byte[ciphertext.Length - ChaCha20Poly1305.TagSize];
        try
        {
            Hpke.KeySchedule(sharedSecret, recipient.Info, key, nonce);
            ChaCha20Poly1305.Decrypt(plaintext, ciphertext, nonce, key, FrameLayout.HeaderIn(frame));
            return plaintext;
        }
        catch (CryptographicException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}

/// <summary>What was in a frame: signature, content and padding.</summary>
/// <param name="Plaintext">All of it.</param>
/// <param name="Me">What it was bound to.</param>
internal sealed record Decrypted(byte[] Plaintext, Recipient Me)
{
    /// <summary>Nothing of the content.</summary>
    public override string ToString() => nameof(Decrypted);
}
