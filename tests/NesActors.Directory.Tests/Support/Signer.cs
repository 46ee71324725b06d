using System.Security.Cryptography;
using System.Text;

namespace NesActors.Directory.Tests.Support;

/// <summary>A directory's key in the hands of the test: it signs what no honest directory would.</summary>
internal sealed class Signer : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    public string Sign(string response)
    {
        var signature = _key.SignData(Encoding.UTF8.GetBytes(response), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        return Convert.ToBase64String(signature).Replace('+', '-').Replace('/', '_');
    }

    public string Answer(string response) => $"{{\"response\":{response},\"signature\":\"{Sign(response)}\"}}";

    public void Dispose() => _key.Dispose();
}
