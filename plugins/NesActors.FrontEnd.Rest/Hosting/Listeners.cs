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
    public const int MaxBody = 512 * 1024;

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
        if (request.Network is { } network) Listen(kestrel, request, network);
    }

    private static void Listen(KestrelServerOptions kestrel, GatewayRequest request, GatewayNetwork network)
    {
        var certificate = network.CertificateFile is { } file ? new ServerCertificate(file, network.CertificateKeyFile, request.Clock, request.Log) : null;
        kestrel.Listen(ListenRules.AddressOf(network.Listen)!, network.Listen.Port, endpoint =>
        {
            endpoint.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            // Asked at each connection, so that a new certificate needs no restart.
            if (certificate is not null) endpoint.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate.Options()) });
        });
    }
}
