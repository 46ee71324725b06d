using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace NesActors.Rsa.Engines.Managed;

/// <inheritdoc cref="IRsaPrivateOperations"/>
internal sealed class ManagedPrivateKey(RsaPrivateCrtKeyParameters key) : IRsaPrivateOperations
{
    private readonly int _maxSaltLength = (key.Modulus.BitLength + 6) / 8 - SHA256.HashSizeInBytes - 2;

    public int ModulusLength { get; } = (key.Modulus.BitLength + 7) / 8;

    public byte[] SignPss(ReadOnlySpan<byte> hash)
    {
        var signer = PssSigner.CreateRawSigner(new RsaBlindedEngine(), new Sha256Digest(), new Sha256Digest(), _maxSaltLength, PssSigner.TrailerImplicit);
        signer.Init(forSigning: true, key);
        signer.BlockUpdate(hash);
        return signer.GenerateSignature();
    }

    public bool TryDecryptRaw(ReadOnlySpan<byte> ciphertext, Span<byte> padded)
    {
        if (RawRsa.Apply(new RsaBlindedEngine(), key, ciphertext.ToArray()) is not { } block) return false;
        block.CopyTo(padded);
        CryptographicOperations.ZeroMemory(block);
        return true;
    }

    public void Dispose() { }
}
