using System.Net;
using NesActors.Contracts.FrontEnd;

namespace NesActors.FrontEnd.Rest.Hosting;

/// <summary>Where a gateway may listen.</summary>
internal static class ListenRules
{
    /// <exception cref="GatewayException">The address is none, or it is not safe to listen there so.</exception>
    public static void Check(GatewayNetwork network)
    {
        var listen = network.Listen;
        if (!listen.IsAbsoluteUri || (listen.Scheme != Uri.UriSchemeHttp && listen.Scheme != Uri.UriSchemeHttps))
            throw new GatewayException($"the address to listen on begins with http:// or https://, unlike {listen}");
        if (listen.PathAndQuery != "/" || listen.UserInfo.Length > 0 || listen.Fragment.Length > 0) throw new GatewayException($"the address to listen on has a host and a port alone: {listen.GetLeftPart(UriPartial.Authority)}");
        if (AddressOf(listen) is not { } address) throw new GatewayException($"the host to listen on is localhost or an IP address of this machine (0.0.0.0 for all), not {listen.Host}");
        var isTls = listen.Scheme == Uri.UriSchemeHttps;
        if (isTls && network.CertificateFile is null) throw new GatewayException($"{listen} needs a certificate: name its PEM file with --cert");
        if (!isTls && network.CertificateFile is not null) throw new GatewayException($"a certificate is of no use at {listen}: listen on https://");
        if (!isTls && !IPAddress.IsLoopback(address) && !network.MayBePlain)
        {
            throw new GatewayException(
                $"others than this machine could reach {listen}, and read tokens and messages on their way: listen on https:// with --cert, or on 127.0.0.1 behind a proxy; --allow-plain does it all the same");
        }
    }

    /// <summary>As <see cref="Check"/>, for the listener of metrics, which knows neither TLS nor tokens.</summary>
    /// <exception cref="GatewayException">The address is none, or it is not safe to listen there.</exception>
    public static void CheckMetrics(GatewayNetwork network)
    {
        if (network.Metrics is not { } metrics) return;
        if (!metrics.IsAbsoluteUri || metrics.Scheme != Uri.UriSchemeHttp || metrics.PathAndQuery != "/" || metrics.UserInfo.Length > 0 || metrics.Fragment.Length > 0 || AddressOf(metrics) is not { } address)
            throw new GatewayException($"metrics are to be had at http://, localhost or an IP address of this machine, and a port, unlike {metrics}");
        if (!IPAddress.IsLoopback(address) && !network.MayBePlain)
            throw new GatewayException($"others than this machine could read at {metrics} who is served here, and how much they write: listen on 127.0.0.1; --allow-plain does it all the same");
    }

    /// <summary>The IP address of a host that needs no look-up; null for any other.</summary>
    public static IPAddress? AddressOf(Uri listen) =>
        listen.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(listen.DnsSafeHost, out var address) ? address : null;
}
