using System.Security.Cryptography;

namespace NesActors.Rsa;

/// <summary>The DER inside the PEM, read by the platform; every byte of it must belong to the key.</summary>
internal static class KeyDer
{
    public static RSAParameters ReadSpki(ReadOnlySpan<byte> der)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(der, out var read);
            CheckWhole(der, read);
            return rsa.ExportParameters(includePrivateParameters: false);
        }
        catch (CryptographicException e) when (e is not KeyFormatException)
        {
            throw new CryptographicException("The PEM holds no RSA public key, or an impossible one.", e);
        }
    }

    public static RSAParameters ReadPrivate(string label, ReadOnlySpan<byte> der)
    {
        using var rsa = RSA.Create();
        try
        {
            int read;
            if (label == "RSA PRIVATE KEY") rsa.ImportRSAPrivateKey(der, out read);
            else if (label == "PRIVATE KEY") rsa.ImportPkcs8PrivateKey(der, out read);
            else throw new KeyFormatException("The PEM holds no RSA private key.");
            CheckWhole(der, read);
            return rsa.ExportParameters(includePrivateParameters: true);
        }
        catch (CryptographicException e) when (e is not KeyFormatException)
        {
            throw new CryptographicException("The PEM holds no RSA private key, or a damaged one.", e);
        }
    }

    private static void CheckWhole(ReadOnlySpan<byte> der, int read)
    {
        if (read != der.Length) throw new KeyFormatException("There are bytes left over after the RSA key.");
    }

    private sealed class KeyFormatException(string message) : CryptographicException(message);
}
