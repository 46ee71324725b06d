using System.Security.Cryptography;
using System.Text;
using NesActors.Contracts;
using NesActors.Core.Protection;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>
/// The data key of a state folder and what is made from it: rows are sealed by AES-256-GCM with a random nonce, hashes are keyed. Safe for several threads at once.
/// </summary>
/// <remarks>
/// From the 32 random bytes of <see cref="StoreKeyFile"/>, by HKDF-SHA256 (RFC 5869), come a row key and a hash key. AES-GCM: NIST SP 800-38D, which allows 2³² rows under random nonces. A sealed value is a version byte, the nonce (12), the tag (16), the
/// ciphertext; its associated data are table, id, direction and contact, so that it opens in its own place alone.
/// </remarks>
internal sealed class StoreKey : IDisposable
{
    private const byte Version = 1;
    private const int KeySize = 32, NonceSize = 12, TagSize = 16, Overhead = 1 + NonceSize + TagSize;

    private readonly Lock _turn = new();
    private readonly byte[] _hashKey = GC.AllocateArray<byte>(KeySize, pinned: true);
    private readonly AesGcm _rows;
    private bool _disposed;

    /// <param name="dataKey">32 bytes, which the caller overwrites.</param>
    public StoreKey(ReadOnlySpan<byte> dataKey)
    {
        Span<byte> rowKey = stackalloc byte[KeySize];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey, rowKey, salt: [], info: "nes store: rows"u8);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey, _hashKey, salt: [], info: "nes store: hashes"u8);
        _rows = new AesGcm(rowKey, TagSize);
        CryptographicOperations.ZeroMemory(rowKey);
    }

    /// <summary>What is kept in the database to recognise this key by.</summary>
    public byte[] Proof => Hash("nes store: proof"u8);

    /// <summary>Reads the key of a state folder.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="wrap">That of the unlocked keyring; null where the identity has none.</param>
    /// <returns>The key; <see langword="null"/> where there is none.</returns>
    /// <exception cref="StateException">It is damaged, others may read it, or it is wrapped by another keyring.</exception>
    public static StoreKey? Read(string folder, KeyWrap? wrap = null)
    {
        if (StoreKeyFile.Read(folder, wrap) is not { } dataKey) return null;
        try
        {
            return new StoreKey(dataKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }

    /// <summary>Makes a key for a state folder that has none; of several processes that do so at once, the first one's is everybody's.</summary>
    /// <exception cref="StateException">It cannot be written.</exception>
    public static StoreKey Make(string folder, KeyWrap? wrap = null)
    {
        StoreKeyFile.Make(folder, wrap);
        return Read(folder, wrap) ?? throw new StateException($"The key {StoreKeyFile.PathIn(folder)} has gone as soon as it was written. Try again");
    }

    /// <summary>Seals for one place.</summary>
    public byte[] Seal(SealedPlace place, ReadOnlySpan<byte> plain)
    {
        var value = new byte[Overhead + plain.Length];
        value[0] = Version;
        var nonce = value.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        Span<byte> bound = stackalloc byte[SealedPlace.MaxSize];
        var length = place.Write(bound);
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _rows.Encrypt(nonce, plain, value.AsSpan(Overhead), value.AsSpan(1 + NonceSize, TagSize), bound[..length]);
        }
        return value;
    }

    /// <summary>Opens what was sealed for this place.</summary>
    /// <exception cref="StateException">It was changed, or sealed for another place, or under another key.</exception>
    public byte[] Open(SealedPlace place, ReadOnlySpan<byte> value)
    {
        if (value.Length < Overhead || value[0] != Version) throw Damaged();
        var plain = new byte[value.Length - Overhead];
        Span<byte> bound = stackalloc byte[SealedPlace.MaxSize];
        var length = place.Write(bound);
        try
        {
            lock (_turn)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _rows.Decrypt(value.Slice(1, NonceSize), value[Overhead..], value.Slice(1 + NonceSize, TagSize), plain, bound[..length]);
            }
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Damaged();
        }
    }

    /// <summary>What content from a sender is recognised by: nobody without the key can tell whether a content was received.</summary>
    public byte[] HashOf(Username sender, ReadOnlySpan<byte> contentHash)
    {
        Span<byte> data = stackalloc byte[1 + Username.MaxLength + contentHash.Length];
        data[0] = (byte)Encoding.ASCII.GetBytes(sender.Value, data[1..]);
        contentHash.CopyTo(data[(1 + data[0])..]);
        return Hash(data[..(1 + data[0] + contentHash.Length)]);
    }

    /// <summary>Sets the keys to zero.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            _disposed = true;
            CryptographicOperations.ZeroMemory(_hashKey);
            _rows.Dispose();
        }
    }

    /// <summary>16 bytes of HMAC-SHA256.</summary>
    private byte[] Hash(ReadOnlySpan<byte> data)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            HMACSHA256.HashData(_hashKey, data, whole);
        }
        return whole[..16].ToArray();
    }

    private static StateException Damaged() => new("The state is damaged: a message in it was changed by somebody else, or written under another key. Restore state.db and store.key from one backup");
}
