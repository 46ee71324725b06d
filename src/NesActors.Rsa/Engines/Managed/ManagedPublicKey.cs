using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace NesActors.Rsa.Engines.Managed;

/// <inheritdoc cref="IRsaPublicOperations"/>
internal sealed class ManagedPublicKey(RsaKeyParameters key) : IRsaPublicOperations
{
    public int ModulusLength { get; } = (key.Modulus.BitLength + 7) / 8;

    public byte[] Encrypt(ReadOnlySpan<byte> secret)
    {
        var cipher = new Pkcs1Encoding(new RsaEngine());
        cipher.Init(forEncryption: true, key);
        return cipher.ProcessBlock(secret.ToArray(), 0, secret.Length);
    }

    public bool VerifyPss(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        var bytes = signature.ToArray();
        if (PssSalt.FindLength(key, bytes) is not { } saltLength) return false;

        var signer = PssSigner.CreateRawSigner(new RsaEngine(), new Sha256Digest(), new Sha256Digest(), saltLength, PssSigner.TrailerImplicit);
        signer.Init(forSigning: false, key);
        signer.BlockUpdate(hash);
        return signer.VerifySignature(bytes);
    }

    public void Dispose() { }
}
