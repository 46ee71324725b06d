using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace NesActors.Core.Protection;

/// <summary>
/// The key that a passphrase gives, and files under it: <c>mark | 0x01 | memory, KiB (u32) | passes (u32) | salt[16] | nonce[24] | ciphertext</c>, numbers
/// big-endian. The key is Argon2id (RFC 9106) of the passphrase in UTF-8, the cipher XChaCha20-Poly1305, and all before the ciphertext is authenticated with it.
/// </summary>
/// <remarks>Making the key takes the better part of a second; sealing with it again costs nothing, and random nonces of 24 bytes never meet.</remarks>
internal sealed class PassphraseSeal : IDisposable
{
    private const int CostSize = 4 + 4;
    private const int SaltSize = 16;
    private const int NonceSize = 24;

    private static readonly AeadAlgorithm Cipher = AeadAlgorithm.XChaCha20Poly1305;

    private readonly byte[] _prefix;
    private readonly Key _key;

    private PassphraseSeal(SealedKind kind, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> passphrase)
    {
        _prefix = prefix.ToArray();
        var numbers = prefix[kind.Magic.Length..];
        var cost = new PassphraseCost(BinaryPrimitives.ReadUInt32BigEndian(numbers), BinaryPrimitives.ReadUInt32BigEndian(numbers[4..]));
        if (!cost.IsBearable) throw new FormatException($"This {kind.Name} asks for more work than any program's does.");
        var argon2 = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = cost.Memory, NumberOfPasses = cost.Passes });
        try
        {
            _key = argon2.DeriveKey(passphrase, prefix[^SaltSize..], Cipher);
        }
        catch (CryptographicException error)
        {
            throw new FormatException($"The passphrase of this {kind.Name} cannot be tried: that takes {cost.Memory / 1024} MiB of memory.", error);
        }
    }

    /// <summary>Makes a key with a salt of its own.</summary>
    /// <param name="kind">Of which kind the files are.</param>
    /// <param name="passphrase">UTF-8.</param>
    /// <param name="cost">What a guess is to cost.</param>
    public static PassphraseSeal Make(SealedKind kind, ReadOnlySpan<byte> passphrase, PassphraseCost cost)
    {
        Span<byte> prefix = stackalloc byte[kind.Magic.Length + CostSize + SaltSize];
        kind.Magic.CopyTo(prefix);
        BinaryPrimitives.WriteUInt32BigEndian(prefix[kind.Magic.Length..], cost.Memory);
        BinaryPrimitives.WriteUInt32BigEndian(prefix[(kind.Magic.Length + 4)..], cost.Passes);
        RandomNumberGenerator.Fill(prefix[^SaltSize..]);
        return new PassphraseSeal(kind, prefix, passphrase);
    }

    /// <summary>Opens a file that was sealed, and keeps its key.</summary>
    /// <param name="kind">Of which kind it is to be.</param>
    /// <param name="file">The file, which anybody may have made.</param>
    /// <param name="passphrase">UTF-8.</param>
    /// <param name="content">What is in it; the caller overwrites it.</param>
    /// <returns>The key; null where the passphrase is another or the file was changed: nobody can tell which.</returns>
    /// <exception cref="FormatException">The file is none of this kind or version.</exception>
    public static PassphraseSeal? Open(SealedKind kind, ReadOnlySpan<byte> file, ReadOnlySpan<byte> passphrase, out byte[] content)
    {
        Check(kind, file);
        var seal = new PassphraseSeal(kind, file[..(kind.Magic.Length + CostSize + SaltSize)], passphrase);
        if (seal.TryOpen(file, out var opened))
        {
            content = opened;
            return seal;
        }
        seal.Dispose();
        content = [];
        return null;
    }

    /// <summary>A file with this content.</summary>
    public byte[] Seal(ReadOnlySpan<byte> content)
    {
        byte[] header = [.. _prefix, .. RandomNumberGenerator.GetBytes(NonceSize)];
        return [.. header, .. Cipher.Encrypt(_key, header.AsSpan(_prefix.Length), header, content)];
    }

    /// <summary>Sets the key to zero.</summary>
    public void Dispose() => _key.Dispose();

    private static void Check(SealedKind kind, ReadOnlySpan<byte> file)
    {
        if (!kind.IsOne(file)) throw new FormatException($"This is no {kind.Name}.");
        if (!file.StartsWith(kind.Magic)) throw new FormatException($"This {kind.Name} was made by a newer program.");
        if (file.Length < kind.Magic.Length + CostSize + SaltSize + NonceSize + Cipher.TagSize) throw new FormatException($"This {kind.Name} is cut off.");
    }

    private bool TryOpen(ReadOnlySpan<byte> file, [NotNullWhen(true)] out byte[]? content)
    {
        var header = file[..(_prefix.Length + NonceSize)];
        content = Cipher.Decrypt(_key, header[_prefix.Length..], header, file[header.Length..]);
        return content is not null;
    }
}
