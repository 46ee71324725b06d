using System.Security.Cryptography;
using System.Text;

namespace NesActors.Directory.Tests.Support;

/// <summary>A directory's key in the hands of the test: it signs what no honest directory would.</summary>
internal static class Signer
{
    private static readonly RSA Key = RSA.Create(2048);

    public static string PublicKeyPem => Key.ExportSubjectPublicKeyInfoPem();

    public static string Sign(string response)
    {
        var signature = Key.SignData(Encoding.UTF8.GetBytes(response), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        return Convert.ToBase64String(signature).Replace('+', '-').Replace('/', '_');
    }

    public static string Answer(string response) => $"{{\"response\":{response},\"signature\":\"{Sign(response)}\"}}";
}
