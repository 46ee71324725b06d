using System.Net;
using System.Net.Sockets;

namespace NesActors.FrontEnd.Rest.Webhooks;

/// <summary>
/// Finds out where a host is, and connects to just the addresses that were looked at: a name that means a harmless address when it is checked and this machine a moment later (DNS rebinding) gets
/// nobody further. One forbidden address among several is enough to refuse all.
/// </summary>
/// <param name="mayBePrivate">Whether addresses of this machine and of private networks are allowed.</param>
/// <param name="resolve">Finds the addresses of a host: a name or an IP address.</param>
internal sealed class CheckedConnector(bool mayBePrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="AddressRefusedException">The host is at an address that is not to be called.</exception>
    /// <exception cref="SocketException">It is at none, or was not reached.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await resolve(context.DnsEndPoint.Host, cancellation).ConfigureAwait(false);
        if (!mayBePrivate && !addresses.All(PublicAddress.Is)) throw new AddressRefusedException();
        var failed = new SocketException((int)SocketError.HostNotFound);
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellation).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                failed = e;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw failed;
    }
}

/// <summary>A host is at an address that is not to be called.</summary>
internal sealed class AddressRefusedException() : Exception("The host is at an address of this machine or of a private network.");
