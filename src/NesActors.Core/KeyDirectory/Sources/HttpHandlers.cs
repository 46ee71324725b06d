using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.KeyDirectory.Sources;

/// <summary>Makes the HTTP connections to a directory: no cookies, no redirects, no decompression, so that an answer is what came over the wire.</summary>
internal static class HttpHandlers
{
    /// <exception cref="KeyException">The file of authorities cannot be used.</exception>
    public static SocketsHttpHandler Create(HttpKeyDirectoryOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            // A directory has no business with the identifiers of this process's traces.
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 16,
            MaxConnectionsPerServer = 8,
            // Names are resolved anew now and then: the session may run for weeks.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // The clients of a directory on this machine are on it too: no proxy could reach it.
            UseProxy = options.ProxyUri is not null || !options.Address.IsLoopback,
        };
        if (options.ProxyUri is { } proxy) handler.Proxy = Proxy(proxy);
        if (options.CaFile is { } file) handler.SslOptions.CertificateChainPolicy = TrustOnly(file);
        return handler;
    }

    private static WebProxy Proxy(Uri address)
    {
        var proxy = new WebProxy(new UriBuilder(address) { UserName = "", Password = "" }.Uri);
        if (address.UserInfo.Length == 0) return proxy;
        var parts = address.UserInfo.Split(':', 2);
        proxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
        return proxy;
    }

    private static X509ChainPolicy TrustOnly(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new KeyException($"Cannot use the authorities in {file}: {e.Message}", e);
        }
        return policy.CustomTrustStore.Count > 0 ? policy : throw new KeyException($"There is no certificate in {file}.");
    }
}
