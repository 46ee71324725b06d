using System.Security.Cryptography;
using NesActors.Rsa.Engines;

namespace NesActors.Rsa;

/// <summary>
/// The public half of an RSA key: encrypts to its owner, verifies what its owner signed. Made from hostile input; what it accepts is
/// described at <see cref="FromPem(string)"/>. All members may be called by several threads at once.
/// </summary>
public sealed class RsaPublicKey : IDisposable
{
    private readonly byte[] _spki;
    private readonly IRsaPublicOperations _operations;

    private RsaPublicKey(in RSAParameters parameters, IRsaEngine engine)
    {
        SizeInBits = KeyRules.Check(parameters);
        using var rsa = RSA.Create(parameters);
        _spki = rsa.ExportSubjectPublicKeyInfo();
        _operations = engine.OpenPublic(parameters);
    }

    /// <summary>Length of the modulus: 2,048 to 8,192 bits.</summary>
    public int SizeInBits { get; }

    /// <summary>
    /// Reads a key from PEM that holds one SubjectPublicKeyInfo (<c>PUBLIC KEY</c>, RFC 7468, RFC 8017) and nothing else but white space.
    /// </summary>
    /// <exception cref="CryptographicException">
    /// Not PEM, not RSA, bytes left over, a modulus outside 2,048 to 8,192 bits, an exponent that is even, below 65,537 or above 31 bits.
    /// The message says which, to a person.
    /// </exception>
    public static RsaPublicKey FromPem(string spkiPem) => FromPem(spkiPem, RsaEngines.Default);

    internal static RsaPublicKey FromPem(string spkiPem, IRsaEngine engine)
    {
        ArgumentNullException.ThrowIfNull(spkiPem);
        return KeyRules.Guard("public key", () => new RsaPublicKey(KeyDer.ReadSpki(PemText.Read(spkiPem, "PUBLIC KEY")), engine));
    }

    internal static RsaPublicKey FromParameters(in RSAParameters parameters, IRsaEngine engine) => new(parameters, engine);

    /// <summary>The key as PEM with a line break at the end, byte for byte as the original writes it.</summary>
    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", _spki) + "\n";

    /// <summary>The key as the DER of a SubjectPublicKeyInfo: the same bytes for the same key, however it was written when it was read.</summary>
    public byte[] ExportSpki() => [.. _spki];

    /// <summary>Encrypts a secret with the padding of PKCS#1 v1.5 (RFC 8017, 7.2). The result is as long as the modulus.</summary>
    /// <param name="secret">At most 11 bytes less than the modulus.</param>
    /// <exception cref="ArgumentException">The secret is too long.</exception>
    public byte[] Encrypt(ReadOnlySpan<byte> secret)
    {
        if (secret.Length > _operations.ModulusLength - Pkcs1Padding.Overhead)
            throw new ArgumentException("The secret does not fit the key.", nameof(secret));
        return _operations.Encrypt(secret);
    }

    /// <summary>Verifies RSA-PSS with SHA-256 and MGF1-SHA-256 (RFC 8017, 8.1), whatever the length of the salt. Never throws for a signature.</summary>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">Any bytes.</param>
    public bool VerifyPss(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != _operations.ModulusLength) return false;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        return _operations.VerifyPss(hash, signature);
    }

    /// <inheritdoc/>
    public void Dispose() => _operations.Dispose();
}
