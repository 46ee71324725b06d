using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using NesActors.Contracts.FrontEnd;
using NesActors.FrontEnd.Rest.Access;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>How the web server listens, and what a single client may cost it.</summary>
internal static class Listeners
{
    /// <summary>A text of 64 KiB in which each byte is escaped as <c>\u0000</c>, and what stands around it.</summary>
    private const int MaxBody = 512 * 1024;

    public static void Apply(KestrelServerOptions kestrel, GatewayRequest request, ServedIdentities identities)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBody;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 10_000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));

        foreach (var identity in identities.All)
        {
            kestrel.ListenUnixSocket(identity.Socket, endpoint =>
            {
                endpoint.Protocols = HttpProtocols.Http1;
                endpoint.Use(next => connection =>
                {
                    connection.Features.Set(new SocketOf(identity));
                    return next(connection);
                });
            });
        }
        if (request.Network is { } network) Listen(kestrel, network);
    }

    private static void Listen(KestrelServerOptions kestrel, GatewayNetwork network)
    {
        var tls = network.Listen.Scheme == Uri.UriSchemeHttps ? LoadCertificate(network) : null;
        kestrel.Listen(ListenRules.AddressOf(network.Listen)!, network.Listen.Port, endpoint =>
        {
            endpoint.Protocols = tls is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (tls is not null) endpoint.UseHttps(tls);
        });
    }

    private static HttpsConnectionAdapterOptions LoadCertificate(GatewayNetwork network)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(network.CertificateFile!);
            return new HttpsConnectionAdapterOptions
            {
                ServerCertificate = X509Certificate2.CreateFromPemFile(network.CertificateFile!, network.CertificateKeyFile),
                ServerCertificateChain = chain,
            };
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new GatewayException($"the certificate {network.CertificateFile} cannot be used: {e.Message}", e);
        }
    }
}
