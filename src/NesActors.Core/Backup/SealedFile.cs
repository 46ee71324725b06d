using System.Buffers.Binary;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace NesActors.Core.Backup;

/// <summary>
/// Bytes under a passphrase: <c>"NES-BACKUP" 0x01 | memory, KiB (u32) | passes (u32) | salt[16] | nonce[24] | ciphertext</c>, numbers big-endian. The key is
/// Argon2id (RFC 9106) of the passphrase in UTF-8, the cipher XChaCha20-Poly1305, and all before the ciphertext is authenticated with it.
/// </summary>
public static class SealedFile
{
    private const int SaltSize = 16;
    private const int NonceSize = 24;
    private const int PrefixSize = 11 + 4 + 4;
    private const int HeaderSize = PrefixSize + SaltSize + NonceSize;

    // What libsodium calls moderate: the better part of a second, and a quarter of a GiB for each guess.
    private const uint Memory = 256 * 1024;
    private const uint Passes = 3;

    // What a file may ask for: more than any program will write for years, and less than hurts.
    private const uint MaxMemory = 1024 * 1024;
    private const uint MaxPasses = 16;

    private static ReadOnlySpan<byte> Magic => "NES-BACKUP\u0001"u8;

    /// <summary>Seals. It takes the better part of a second.</summary>
    /// <param name="content">What to protect.</param>
    /// <param name="passphrase">UTF-8; whoever has it and the file has the content.</param>
    public static byte[] Seal(ReadOnlySpan<byte> content, ReadOnlySpan<byte> passphrase)
    {
        var header = new byte[HeaderSize];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(11), Memory);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(15), Passes);
        RandomNumberGenerator.Fill(header.AsSpan(PrefixSize));
        using var key = DeriveKey(header, passphrase);
        return [.. header, .. AeadAlgorithm.XChaCha20Poly1305.Encrypt(key, Nonce(header), header, content)];
    }

    /// <summary>Whether a file begins like one of these.</summary>
    public static bool IsOne(ReadOnlySpan<byte> file) => file.StartsWith(Magic[..10]);

    /// <summary>Opens what <see cref="Seal"/> made.</summary>
    /// <returns>The content, which the caller overwrites; null where the passphrase is another or the file was changed: nobody can tell which.</returns>
    /// <exception cref="FormatException">The file is none of this kind or version.</exception>
    public static byte[]? Open(ReadOnlySpan<byte> file, ReadOnlySpan<byte> passphrase)
    {
        if (!IsOne(file)) throw new FormatException("This is no backup.");
        if (!file.StartsWith(Magic)) throw new FormatException("This backup was made by a newer program.");
        if (file.Length < HeaderSize + AeadAlgorithm.XChaCha20Poly1305.TagSize) throw new FormatException("This backup is cut off.");
        var header = file[..HeaderSize];
        using var key = DeriveKey(header, passphrase);
        return AeadAlgorithm.XChaCha20Poly1305.Decrypt(key, Nonce(header), header, file[HeaderSize..]);
    }

    private static Key DeriveKey(ReadOnlySpan<byte> header, ReadOnlySpan<byte> passphrase)
    {
        var (memory, passes) = (BinaryPrimitives.ReadUInt32BigEndian(header[11..]), BinaryPrimitives.ReadUInt32BigEndian(header[15..]));
        if (memory is < 8 or > MaxMemory || passes is < 1 or > MaxPasses) throw new FormatException("This backup asks for more work than any program's does.");
        var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memory, NumberOfPasses = passes });
        return argon2.DeriveKey(passphrase, header.Slice(PrefixSize, SaltSize), AeadAlgorithm.XChaCha20Poly1305);
    }

    private static ReadOnlySpan<byte> Nonce(ReadOnlySpan<byte> header) => header.Slice(PrefixSize + SaltSize, NonceSize);
}
