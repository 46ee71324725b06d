using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace NesActors.Testing;

/// <summary>An authority of the tests, with a server's and a client's certificate, as PEM files in a temporary folder.</summary>
public sealed class TestCertificates : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nes-certificates-");

    private TestCertificates(string[] serverNames, bool expired)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var caRequest = new CertificateRequest("CN=NES test authority", caKey, HashAlgorithmName.SHA256);
        caRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        caRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        using var ca = caRequest.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
        CaFile = Store("ca.pem", ca.ExportCertificatePem());

        var until = expired ? now.AddDays(-1) : now.AddDays(1);
        (ServerFile, ServerKeyFile) = Issue(ca, "server", ServerAuthentication, serverNames, now.AddDays(-2), until);
        (ClientFile, ClientKeyFile) = Issue(ca, "client", ClientAuthentication, [], now.AddDays(-2), now.AddDays(1));
    }

    /// <summary>The authority's certificate.</summary>
    public string CaFile { get; }

    /// <summary>The server's certificate.</summary>
    public string ServerFile { get; }

    /// <summary>The server's private key.</summary>
    public string ServerKeyFile { get; }

    /// <summary>The client's certificate.</summary>
    public string ClientFile { get; }

    /// <summary>The client's private key.</summary>
    public string ClientKeyFile { get; }

    /// <summary>Makes them for a server of these names; IP addresses become such.</summary>
    public static TestCertificates Create(params string[] serverNames) => new(serverNames, expired: false);

    /// <summary>As <see cref="Create"/>, with a server certificate that was valid until yesterday.</summary>
    public static TestCertificates CreateExpired(params string[] serverNames) => new(serverNames, expired: true);

    public void Dispose() => _folder.Delete(recursive: true);

    private (string Certificate, string Key) Issue(X509Certificate2 ca, string name, string purpose, string[] names, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=NES test {name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        if (names.Length > 0) request.CertificateExtensions.Add(AlternativeNames(names));
        using var certificate = request.Create(ca, from, until, RandomNumberGenerator.GetBytes(8));
        return (Store($"{name}.pem", certificate.ExportCertificatePem()), Store($"{name}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    private static X509Extension AlternativeNames(string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address)) builder.AddIpAddress(address);
            else builder.AddDnsName(name);
        }
        return builder.Build();
    }

    private string Store(string name, string pem)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, pem + "\n");
        return file;
    }
}
