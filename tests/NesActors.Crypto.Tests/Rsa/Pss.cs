using NesActors.Rsa;
using NesActors.Rsa.Engines.Managed;
using NesActors.Testing.Vectors;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.OpenSsl;

namespace NesActors.Crypto.Tests.Rsa;

/// <summary>PSS with a salt of any length, by BouncyCastle, with amy's message key.</summary>
internal static class Pss
{
    private static readonly Lazy<RsaPrivateCrtKeyParameters> Key = new(() =>
    {
        using var reader = new PemReader(new StringReader(VectorUser.Amy.PrivateMessagePem));
        return (RsaPrivateCrtKeyParameters)((Org.BouncyCastle.Crypto.AsymmetricCipherKeyPair)reader.ReadObject()).Private;
    });

    public static byte[] Sign(byte[] data, int saltLength)
    {
        var signer = new PssSigner(new RsaBlindedEngine(), new Sha256Digest(), saltLength);
        signer.Init(forSigning: true, Key.Value);
        signer.BlockUpdate(data);
        return signer.GenerateSignature();
    }

    public static int? SaltLength(RsaPrivateKey key, byte[] data) =>
        PssSalt.FindLength(new RsaKeyParameters(false, Key.Value.Modulus, Key.Value.PublicExponent), key.SignPss(data));
}
