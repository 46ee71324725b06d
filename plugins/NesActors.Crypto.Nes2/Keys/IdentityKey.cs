using System.Security.Cryptography;
using Geralt;
using NesActors.Contracts.Crypto;

namespace NesActors.Crypto.Nes2.Keys;

/// <summary>The Ed25519 key (RFC 8032) that a user signs with for good. Its entry: <c>0x01 | seed[32] | public key[32]</c>.</summary>
internal sealed class IdentityKey : IDisposable
{
    public const string Entry = "nes2-identity";
    private const byte Version = 1;
    private const int EntryLength = 1 + Ed25519.SeedSize + Ed25519.PublicKeySize;

    private readonly KeyBytes _private = new(Ed25519.PrivateKeySize);
    private readonly byte[] _public = new byte[Ed25519.PublicKeySize];

    private IdentityKey() { }

    public ReadOnlySpan<byte> PublicKey => _public;

    /// <summary>The form that signing takes.</summary>
    public ReadOnlySpan<byte> PrivateKey => _private.Span;

    public static IdentityKey Generate()
    {
        var key = new IdentityKey();
        Ed25519.GenerateKeyPair(key._public, key._private.Span);
        return key;
    }

    /// <exception cref="KeyException">It is missing or damaged.</exception>
    public static IdentityKey Read(IKeyStore keys)
    {
        var bytes = keys.Read(Entry) ?? throw new KeyException($"The key {Entry} is missing.");
        try
        {
            if (bytes.Length != EntryLength || bytes[0] != Version) throw Damaged();
            return FromSeed(bytes.AsSpan(1, Ed25519.SeedSize), bytes.AsSpan(1 + Ed25519.SeedSize));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public void Write(IKeyStore keys)
    {
        using var entry = new KeyBytes(EntryLength);
        entry.Span[0] = Version;
        Ed25519.GetSeed(entry.Span.Slice(1, Ed25519.SeedSize), _private.Span);
        _public.CopyTo(entry.Span[(1 + Ed25519.SeedSize)..]);
        keys.Write(Entry, entry.Span, isSecret: true);
    }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(signature, data, _private.Span);
        return signature;
    }

    public void Dispose() => _private.Dispose();

    private static IdentityKey FromSeed(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> publicKey)
    {
        var key = new IdentityKey();
        Ed25519.GenerateKeyPair(key._public, key._private.Span, seed);
        if (key.PublicKey.SequenceEqual(publicKey)) return key;
        key.Dispose();
        throw Damaged();
    }

    private static KeyException Damaged() => new($"The key {Entry} is damaged.");
}
