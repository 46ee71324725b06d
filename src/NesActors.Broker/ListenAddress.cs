using System.Net;

namespace NesActors.Broker;

/// <summary>Reads where the broker shall listen.</summary>
internal static class ListenAddress
{
    private const int DefaultPort = 1883;

    public static IPEndPoint Parse(Uri listen)
    {
        if (!listen.IsAbsoluteUri || listen.Scheme is not ("mqtt" or "tcp"))
        {
            throw new BrokerException("The broker listens at mqtt://ADDRESS:PORT, without TLS; put another broker in front for more.");
        }
        if (listen.UserInfo.Length > 0 || listen.AbsolutePath is not ("" or "/") || listen.Query.Length > 0 || listen.Fragment.Length > 0)
        {
            throw new BrokerException("The address to listen at has no user, path or query: mqtt://ADDRESS:PORT.");
        }
        var port = listen.Port < 0 ? DefaultPort : listen.Port;
        if (listen.IsLoopback && listen.HostNameType == UriHostNameType.Dns) return new IPEndPoint(IPAddress.Loopback, port);
        return IPAddress.TryParse(listen.IdnHost, out var address)
            ? new IPEndPoint(address, port)
            : throw new BrokerException($"The broker cannot listen at \"{listen.Host}\"; give an IP address of this machine, 0.0.0.0 for all, or localhost.");
    }
}
