using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.KeyDirectory.Sources;
using NesActors.Directory.Tests.Support;

namespace NesActors.Directory.Tests.Client;

/// <summary>TLS and proxies.</summary>
public sealed class ConnectionTests : IDisposable
{
    private static readonly Username Nobody = Username.Parse("nobody");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Trusts_a_directory_that_a_given_authority_vouches_for()
    {
        using var certificate = MakeCertificate("localhost");
        await using var server = await StartTlsAsync(certificate);
        using var client = new HttpKeyDirectory(new HttpKeyDirectoryOptions(LocalHost(server), server.PublicKeyPem) { Timeout = Patience.Limit, CaFile = _folder.File("tls.pem") });
        Assert.IsType<LookupResult.NotFound>(await client.LookUpAsync(Nobody, CancellationToken.None));
    }

    [Fact]
    public async Task Does_not_connect_to_one_that_nobody_vouches_for()
    {
        using var certificate = MakeCertificate("localhost");
        await using var server = await StartTlsAsync(certificate);
        using var client = new HttpKeyDirectory(new HttpKeyDirectoryOptions(LocalHost(server), server.PublicKeyPem) { Timeout = Patience.Limit });
        var result = Assert.IsType<LookupResult.Unavailable>(await client.LookUpAsync(Nobody, CancellationToken.None));
        Assert.Contains("TLS", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_connect_to_one_of_another_name()
    {
        using var certificate = MakeCertificate("keys.example.org");
        await using var server = await StartTlsAsync(certificate);
        using var client = new HttpKeyDirectory(new HttpKeyDirectoryOptions(LocalHost(server), server.PublicKeyPem) { Timeout = Patience.Limit, CaFile = _folder.File("tls.pem") });
        Assert.IsType<LookupResult.Unavailable>(await client.LookUpAsync(Nobody, CancellationToken.None));
    }

    [Fact]
    public void Says_that_the_file_of_authorities_holds_none()
    {
        File.WriteAllText(_folder.File("empty.pem"), "");
        foreach (var file in (string[])["empty.pem", "missing.pem"])
        {
            var error = Assert.Throws<KeyException>(() => new HttpKeyDirectory(
                new HttpKeyDirectoryOptions(new Uri("https://keys.example.org"), TestKeys.OriginalDirectory) { CaFile = _folder.File(file) }));
            Assert.Contains(file, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Goes_through_the_proxy_that_is_named_with_its_password()
    {
        var asked = new List<string>();
        await using var proxy = await StubServer.StartAsync(context =>
        {
            var credentials = context.Request.Headers.ProxyAuthorization.ToString();
            asked.Add($"{context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget} {credentials}");
            context.Response.StatusCode = credentials.Length > 0 ? 404 : 407;
            context.Response.Headers.ProxyAuthenticate = "Basic realm=\"proxy\"";
            return Task.CompletedTask;
        });
        var address = new UriBuilder(proxy.Address) { UserName = "me", Password = "a%40b" }.Uri;
        using var client = new HttpKeyDirectory(
            new HttpKeyDirectoryOptions(new Uri("http://keys.example.invalid/pubkey"), TestKeys.OriginalDirectory) { Timeout = Patience.Limit, ProxyUri = address });
        Assert.IsType<LookupResult.NotFound>(await client.LookUpAsync(Nobody, CancellationToken.None));
        var basic = Convert.ToBase64String("me:a@b"u8);
        Assert.Equal($"http://keys.example.invalid/pubkey/users/nobody Basic {basic}", asked[^1]);
    }

    private Task<DirectoryServer> StartTlsAsync(X509Certificate2 certificate)
    {
        TestKeys.PutDirectoryKey(_folder);
        File.WriteAllText(_folder.File("tls.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(_folder.File("tls.key"), certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        return DirectoryServer.StartAsync(
            new DirectoryOptions
            {
                Listen = new Uri("https://127.0.0.1:0"),
                DataFolder = _folder.Path,
                Activation = ActivationMode.None,
                TlsCertificateFile = _folder.File("tls.pem"),
                TlsKeyFile = _folder.File("tls.key"),
            },
            CancellationToken.None);
    }

    private static Uri LocalHost(DirectoryServer server) => new($"https://localhost:{server.BaseAddress.Port}");

    private static X509Certificate2 MakeCertificate(string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
