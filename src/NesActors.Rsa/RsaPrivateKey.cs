using System.Security.Cryptography;
using NesActors.Rsa.Engines;

namespace NesActors.Rsa;

/// <summary>
/// An RSA key pair: decrypts what was encrypted to its owner, signs. All members may be called by several threads at once. Disposing
/// overwrites the secret numbers (as far as the platform's RSA does; those of the managed engine wait for the garbage collector).
/// </summary>
public sealed class RsaPrivateKey : IDisposable
{
    private readonly RSA _rsa;
    private readonly Lock _exporting = new();
    private readonly IRsaPrivateOperations _operations;

    private RsaPrivateKey(in RSAParameters parameters, IRsaEngine engine)
    {
        KeyRules.Check(parameters);
        PublicKey = RsaPublicKey.FromParameters(new RSAParameters { Modulus = parameters.Modulus, Exponent = parameters.Exponent }, engine);
        _rsa = RSA.Create(parameters);
        _operations = engine.OpenPrivate(parameters);
        if (!IsWhole())
        {
            Dispose();
            throw new CryptographicException("The private key is damaged: what it signs does not verify.");
        }
    }

    /// <summary>The public half. Disposed with this key.</summary>
    public RsaPublicKey PublicKey { get; }

    /// <summary>Makes a new key with the exponent 65,537. Takes a tenth of a second for 2,048 bits and half a minute and more for 8,192.</summary>
    /// <param name="sizeInBits">2,048 to 8,192, a multiple of 64.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another size.</exception>
    public static RsaPrivateKey Generate(int sizeInBits) => Generate(sizeInBits, RsaEngines.Default);

    internal static RsaPrivateKey Generate(int sizeInBits, IRsaEngine engine)
    {
        if (!KeyRules.CanGenerate(sizeInBits))
            throw new ArgumentOutOfRangeException(nameof(sizeInBits), sizeInBits, KeyRules.SizesToGenerate);
        using var rsa = RSA.Create(sizeInBits);
        return Open(rsa.ExportParameters(includePrivateParameters: true), engine);
    }

    /// <summary>Reads a key from PEM: PKCS#1 (<c>RSA PRIVATE KEY</c>, what the original writes) or PKCS#8 (<c>PRIVATE KEY</c>), and nothing else but white space.</summary>
    /// <param name="utf8Pem">The file's bytes; the caller overwrites them.</param>
    /// <exception cref="CryptographicException">As for <see cref="RsaPublicKey.FromPem(string)"/>; and a key that is encrypted, or whose numbers do not fit together.</exception>
    public static RsaPrivateKey FromPem(ReadOnlySpan<byte> utf8Pem) => FromPem(utf8Pem, RsaEngines.Default);

    internal static RsaPrivateKey FromPem(ReadOnlySpan<byte> utf8Pem, IRsaEngine engine)
    {
        var (label, der) = PemText.ReadPrivate(utf8Pem);
        try
        {
            return KeyRules.Guard("private key", () => Open(KeyDer.ReadPrivate(label, der), engine));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    /// <summary>The key as PEM of PKCS#1 with a line break at the end, as the original writes it. The caller overwrites it after use.</summary>
    public byte[] ExportPkcs1Pem()
    {
        byte[] der;
        lock (_exporting) der = _rsa.ExportRSAPrivateKey();
        try
        {
            return PemText.WritePrivate("RSA PRIVATE KEY"u8, der);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    /// <summary>Signs with RSA-PSS, SHA-256, MGF1-SHA-256 and a salt of the greatest length that fits, as the original does. The result is as long as the modulus.</summary>
    public byte[] SignPss(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        return _operations.SignPss(hash);
    }

    /// <summary>
    /// Decrypts a secret of known length (PKCS#1 v1.5). Which check failed, or whether one did, shows neither in the time nor in what is
    /// written: <paramref name="secret"/> is filled either way, with random bytes where the padding or the length was wrong, so that the
    /// caller can go on as if nothing had happened (RFC 3218, RFC 8017 note to 7.2.2).
    /// </summary>
    /// <param name="ciphertext">Any bytes. Only what everybody can see of them (their length, a number not below the modulus) may cut the work short.</param>
    /// <param name="secret">Receives as many bytes as the secret must have.</param>
    /// <returns>−1 (all bits set) where the secret is the one that was encrypted, 0 where it is random. To be combined with other such masks, not branched upon at once.</returns>
    public int DecryptPkcs1(ReadOnlySpan<byte> ciphertext, Span<byte> secret)
    {
        var length = _operations.ModulusLength;
        if (secret.Length > length - Pkcs1Padding.Overhead) throw new ArgumentException("The secret does not fit the key.", nameof(secret));

        Span<byte> padded = stackalloc byte[KeyRules.MaxBits / 8];
        padded = padded[..length];
        padded.Clear();
        try
        {
            // An all-zero block stands for a ciphertext that is none: it fails the decoding as any other bad padding.
            if (ciphertext.Length != length || !_operations.TryDecryptRaw(ciphertext, padded)) padded.Clear();
            return Pkcs1Padding.Decode(padded, secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(padded);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _operations.Dispose();
        PublicKey.Dispose();
        lock (_exporting) _rsa.Dispose();
    }

    private static RsaPrivateKey Open(RSAParameters parameters, IRsaEngine engine)
    {
        try
        {
            return new RsaPrivateKey(parameters, engine);
        }
        finally
        {
            foreach (var part in (byte[]?[])[parameters.D, parameters.P, parameters.Q, parameters.DP, parameters.DQ, parameters.InverseQ])
                CryptographicOperations.ZeroMemory(part);
        }
    }

    private bool IsWhole()
    {
        ReadOnlySpan<byte> probe = "nes key check"u8;
        return PublicKey.VerifyPss(probe, SignPss(probe));
    }
}
