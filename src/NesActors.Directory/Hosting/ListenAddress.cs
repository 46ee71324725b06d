using System.Net;

namespace NesActors.Directory.Hosting;

/// <summary>The addresses that a directory can listen on.</summary>
internal static class ListenAddress
{
    /// <exception cref="DirectoryException">The address of the options is none, or the TLS settings do not fit it.</exception>
    public static void Check(DirectoryOptions options)
    {
        var listen = options.Listen;
        if (!listen.IsAbsoluteUri || (listen.Scheme != Uri.UriSchemeHttp && listen.Scheme != Uri.UriSchemeHttps))
            throw new DirectoryException($"A key directory listens on http://HOST:PORT or https://HOST:PORT, not on {listen}.");
        if (listen.PathAndQuery != "/" || listen.UserInfo.Length > 0 || listen.Fragment.Length > 0)
            throw new DirectoryException($"The address to listen on has a host and a port alone: {listen.GetLeftPart(UriPartial.Authority)}");
        if (Resolve(listen) is null)
            throw new DirectoryException($"The host to listen on is localhost or an IP address (0.0.0.0 for all), not {listen.Host}.");
        if (listen.Scheme == Uri.UriSchemeHttps && options.TlsCertificateFile is null)
            throw new DirectoryException("An https address needs a certificate: name its PEM file.");
        if (options.PublicAddress is { } address && (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)))
            throw new DirectoryException($"The public address begins with http:// or https://, unlike {address}.");
    }

    /// <summary>The IP address of a host that needs no look-up; null for any other.</summary>
    public static IPAddress? Resolve(Uri listen) =>
        listen.Host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(listen.DnsSafeHost, out var address) ? address
        : null;
}
