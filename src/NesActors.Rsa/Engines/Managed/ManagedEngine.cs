using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;

namespace NesActors.Rsa.Engines.Managed;

/// <summary>
/// BouncyCastle, where OpenSSL is not to be had. Its private operations are blinded; its big numbers are not of constant time, and what it
/// keeps of a private key cannot be overwritten. Verifies some 3,300 signatures of 2,048 bits a second.
/// </summary>
internal sealed class ManagedEngine : IRsaEngine
{
    public string Name => "managed";

    public IRsaPublicOperations OpenPublic(in RSAParameters parameters) =>
        new ManagedPublicKey(new RsaKeyParameters(false, Number(parameters.Modulus), Number(parameters.Exponent)));

    public IRsaPrivateOperations OpenPrivate(in RSAParameters parameters) =>
        new ManagedPrivateKey(new RsaPrivateCrtKeyParameters(
            Number(parameters.Modulus), Number(parameters.Exponent), Number(parameters.D), Number(parameters.P), Number(parameters.Q),
            Number(parameters.DP), Number(parameters.DQ), Number(parameters.InverseQ)));

    private static BigInteger Number(byte[]? bytes) => new(1, bytes ?? []);
}
