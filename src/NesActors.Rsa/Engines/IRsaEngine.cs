using System.Security.Cryptography;

namespace NesActors.Rsa.Engines;

/// <summary>Who does the arithmetic. The keys that it is given have passed <see cref="KeyRules"/>; it copies what it keeps of them.</summary>
internal interface IRsaEngine
{
    string Name { get; }

    IRsaPublicOperations OpenPublic(in RSAParameters parameters);

    IRsaPrivateOperations OpenPrivate(in RSAParameters parameters);
}

/// <summary>What a public key does. Safe for several threads at once.</summary>
internal interface IRsaPublicOperations : IDisposable
{
    /// <summary>In bytes; signatures and ciphertexts are as long.</summary>
    int ModulusLength { get; }

    byte[] Encrypt(ReadOnlySpan<byte> secret);

    /// <param name="hash">SHA-256 of the data.</param>
    /// <param name="signature">As long as the modulus, else any bytes.</param>
    bool VerifyPss(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature);
}

/// <summary>What a private key does. Safe for several threads at once.</summary>
internal interface IRsaPrivateOperations : IDisposable
{
    /// <summary>In bytes; signatures and ciphertexts are as long.</summary>
    int ModulusLength { get; }

    /// <param name="hash">SHA-256 of the data.</param>
    byte[] SignPss(ReadOnlySpan<byte> hash);

    /// <summary>The bare private operation, blinded, without looking at any padding.</summary>
    /// <param name="ciphertext">As long as the modulus, else any bytes.</param>
    /// <param name="padded">As long as the modulus; receives the result, zeroes in front.</param>
    /// <returns>
    /// <see langword="false"/> only for what everybody can see of the ciphertext: a number not below the modulus, or one that RSA leaves as it is (0, 1).
    /// </returns>
    bool TryDecryptRaw(ReadOnlySpan<byte> ciphertext, Span<byte> padded);
}
