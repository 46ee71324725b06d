using System.Security.Cryptography;
using NSec.Cryptography;

namespace NesActors.Records;

/// <summary>
/// The public half of a directory's Ed25519 key (RFC 8032), which signs what is true for a time. 32 bytes; signatures are 64. Safe for several threads at once.
/// </summary>
public sealed class FreshPublicKey
{
    private readonly PublicKey _key;

    private FreshPublicKey(PublicKey key) => _key = key;

    /// <summary>The raw 32 bytes.</summary>
    public byte[] Export() => _key.Export(KeyBlobFormat.RawPublicKey);

    /// <returns>Null where these bytes are no such key.</returns>
    public static FreshPublicKey? TryImport(ReadOnlySpan<byte> raw) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, raw, KeyBlobFormat.RawPublicKey, out var key) ? new FreshPublicKey(key!) : null;

    /// <summary>Whether the key's owner signed these bytes. Never throws for what stands in either.</summary>
    public bool Verify(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) => SignatureAlgorithm.Ed25519.Verify(_key, statement, signature);

    internal static FreshPublicKey Of(Key key) => new(key.PublicKey);
}

/// <summary>The private half. Disposing overwrites it. Safe for several threads at once.</summary>
public sealed class FreshPrivateKey : IDisposable
{
    private readonly Key _key;

    private FreshPrivateKey(Key key)
    {
        _key = key;
        PublicKey = FreshPublicKey.Of(key);
    }

    /// <summary>The public half.</summary>
    public FreshPublicKey PublicKey { get; }

    /// <summary>Makes a new key.</summary>
    public static FreshPrivateKey Generate() => new(Key.Create(
        SignatureAlgorithm.Ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving }));

    /// <summary>Reads what <see cref="ExportPem"/> wrote.</summary>
    /// <exception cref="CryptographicException">The text is no such key.</exception>
    public static FreshPrivateKey FromPem(ReadOnlySpan<byte> utf8Pem) =>
        Key.TryImport(SignatureAlgorithm.Ed25519, utf8Pem, KeyBlobFormat.PkixPrivateKeyText, out var key, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving })
            ? new FreshPrivateKey(key!)
            : throw new CryptographicException("The PEM holds no Ed25519 private key.");

    /// <summary>The key as PKCS#8 PEM (RFC 8410). The caller overwrites it.</summary>
    public byte[] ExportPem() => _key.Export(KeyBlobFormat.PkixPrivateKeyText);

    /// <summary>Signs: 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> statement) => SignatureAlgorithm.Ed25519.Sign(_key, statement);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
