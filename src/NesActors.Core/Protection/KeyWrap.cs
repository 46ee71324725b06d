using System.Security.Cryptography;
using NSec.Cryptography;

namespace NesActors.Core.Protection;

/// <summary>
/// Wraps the data key of a store: <c>nonce[24] | ciphertext</c> by XChaCha20-Poly1305, bound to a purpose. The key is random and lies in the keyring, so that another passphrase leaves
/// what it wraps as it is. Safe for several threads at once.
/// </summary>
public sealed class KeyWrap : IDisposable
{
    /// <summary>In bytes.</summary>
    internal const int KeySize = 32;

    private const int NonceSize = 24;

    private static readonly AeadAlgorithm Cipher = AeadAlgorithm.XChaCha20Poly1305;

    private readonly Key _key;

    internal KeyWrap(ReadOnlySpan<byte> key) => _key = Key.Import(Cipher, key, KeyBlobFormat.RawSymmetricKey);

    /// <summary>Sets the key to zero.</summary>
    public void Dispose() => _key.Dispose();

    /// <summary>How long something is when it is wrapped, in bytes.</summary>
    internal static int SizeOf(int plain) => NonceSize + plain + Cipher.TagSize;

    internal byte[] Wrap(ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> plain)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        return [.. nonce, .. Cipher.Encrypt(_key, nonce, purpose, plain)];
    }

    /// <returns>Null where it was wrapped by another key, or changed.</returns>
    internal byte[]? Unwrap(ReadOnlySpan<byte> purpose, ReadOnlySpan<byte> wrapped) =>
        wrapped.Length < NonceSize + Cipher.TagSize ? null : Cipher.Decrypt(_key, wrapped[..NonceSize], purpose, wrapped[NonceSize..]);
}
