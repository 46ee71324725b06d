using System.Net;
using System.Net.Sockets;

namespace NesActors.Testing;

/// <summary>Ports of the loopback interface.</summary>
public static class FreePort
{
    /// <summary>A port at which nobody listens now. Another program may take it the next moment: who listens there tries again.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
