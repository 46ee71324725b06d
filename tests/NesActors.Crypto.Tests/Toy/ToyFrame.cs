using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NesActors.Crypto.Tests.Toy;

/// <summary>
/// The frame of the toy suite (NOT FOR USE: a test fixture): version (1 byte), prekey id (8), the sender's one-time public key (SPKI of
/// P-256, 91), AES-256-GCM ciphertext, tag (16). All but the ciphertext is authenticated too. The key serves once, so the nonce is zero.
/// </summary>
internal static class ToyFrame
{
    private const byte Version = 1;
    private const int KeyLength = 91;
    private const int HeadLength = 9 + KeyLength;
    private const int TagLength = 16;

    public static byte[] Seal(ToyPeer peer, byte[] plaintext)
    {
        using var once = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var frame = new byte[HeadLength + plaintext.Length + TagLength];
        frame[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(frame.AsSpan(1), peer.PrekeyId);
        once.ExportSubjectPublicKeyInfo().CopyTo(frame, 9);
        using var aes = Cipher(once, peer.Prekey);
        aes.Encrypt(new byte[12], plaintext, frame.AsSpan(HeadLength, plaintext.Length), frame.AsSpan(^TagLength..), frame.AsSpan(0, HeadLength));
        return frame;
    }

    public static bool TryReadPrekeyId(ReadOnlySpan<byte> frame, out ulong id)
    {
        id = 0;
        if (frame.Length < HeadLength + TagLength || frame[0] != Version) return false;
        id = BinaryPrimitives.ReadUInt64BigEndian(frame[1..]);
        return true;
    }

    public static byte[]? Open(ToyPrekey prekey, ReadOnlySpan<byte> frame)
    {
        using var own = prekey.Open();
        using var once = ECDiffieHellman.Create();
        try
        {
            once.ImportSubjectPublicKeyInfo(frame[9..HeadLength], out _);
            using var aes = Cipher(own, once);
            var plaintext = new byte[frame.Length - HeadLength - TagLength];
            aes.Decrypt(new byte[12], frame[HeadLength..^TagLength], frame[^TagLength..], plaintext, frame[..HeadLength]);
            return plaintext;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static AesGcm Cipher(ECDiffieHellman own, ECDiffieHellman other)
    {
        using var publicKey = other.PublicKey;
        lock (other) return new AesGcm(own.DeriveKeyFromHash(publicKey, HashAlgorithmName.SHA256), TagLength);
    }
}
