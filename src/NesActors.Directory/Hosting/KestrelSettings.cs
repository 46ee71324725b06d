using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace NesActors.Directory.Hosting;

/// <summary>How the web server listens, and what a single client may cost it.</summary>
internal static class KestrelSettings
{
    private const int MaxBody = 64 * 1024;

    public static void Apply(KestrelServerOptions kestrel, DirectoryOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBody;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(1);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));

        var tls = options.Listen.Scheme == Uri.UriSchemeHttps ? LoadCertificate(options) : null;
        kestrel.Listen(ListenAddress.Resolve(options.Listen)!, options.Listen.Port, endpoint =>
        {
            endpoint.Protocols = tls is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (tls is not null) endpoint.UseHttps(tls);
        });
    }

    private static HttpsConnectionAdapterOptions LoadCertificate(DirectoryOptions options)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(options.TlsCertificateFile!);
            return new HttpsConnectionAdapterOptions
            {
                ServerCertificate = X509Certificate2.CreateFromPemFile(options.TlsCertificateFile!, options.TlsKeyFile),
                ServerCertificateChain = chain,
            };
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new DirectoryException($"Cannot use the certificate {options.TlsCertificateFile}: {e.Message}", e);
        }
    }
}
