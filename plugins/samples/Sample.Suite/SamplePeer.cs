using System.Security.Cryptography;
using System.Text;
using Geralt;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace Sample.Suite;

/// <summary>Somebody's public keys: what signs, what is agreed with, and the signature of the first over both and their name, in base64.</summary>
internal sealed class SamplePeer : IPeerIdentity
{
    private const int KeysSize = Ed25519.PublicKeySize + X25519.PublicKeySize;
    private readonly byte[] _keys;

    public SamplePeer(PublicRecord record)
    {
        if (!record.Entries.TryGetValue(PublicRecord.StatementOf("sample1"), out var text)) throw new KeyException($"{record.User} has no keys for suite sample1.");
        var statement = new byte[KeysSize + Ed25519.SignatureSize];
        if (!Convert.TryFromBase64String(text, statement, out var length) || length != statement.Length
            || !Ed25519.Verify(statement.AsSpan(KeysSize), Signed(record.User, statement.AsSpan(0, KeysSize)), statement.AsSpan(0, Ed25519.PublicKeySize)))
            throw new KeyException($"The keys of {record.User} for suite sample1 are damaged, or another's.");
        (User, _keys, Fingerprint) = (record.User, statement[..KeysSize], FingerprintOf(statement.AsSpan(0, KeysSize)));
    }

    public Username User { get; }

    public Fingerprint Fingerprint { get; }

    public DateTimeOffset? UsableUntil => null;

    public ReadOnlySpan<byte> SignKey => _keys.AsSpan(0, Ed25519.PublicKeySize);

    public ReadOnlySpan<byte> AgreeKey => _keys.AsSpan(Ed25519.PublicKeySize);

    /// <summary>What a user's own signature over the keys says: whose they are too, or anybody could publish them as theirs.</summary>
    public static byte[] Signed(Username user, ReadOnlySpan<byte> keys) => [.. "sample1/keys\0"u8, .. Encoding.ASCII.GetBytes(user.Value), 0, .. keys];

    public static Fingerprint FingerprintOf(ReadOnlySpan<byte> keys) => new(Convert.ToHexStringLower(SHA256.HashData(keys)));

    public void Dispose() { }
}
