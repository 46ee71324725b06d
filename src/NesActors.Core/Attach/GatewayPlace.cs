using System.Net.Sockets;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Attach;

/// <summary>
/// The right to serve a state folder by a gateway, and where its socket lies: <c>api.sock</c> in the folder, beside that of the session's owner (<c>nes.sock</c>). One process has it, whether it
/// runs the session or is attached to it.
/// </summary>
public sealed class GatewayPlace : IDisposable
{
    private const string LockFile = "gateway.lock";

    private readonly StateLock _held;

    private GatewayPlace(StateLock held, string socket) => (_held, Socket) = (held, socket);

    /// <summary>The state folder.</summary>
    public string Folder => _held.Folder;

    /// <summary>A path at which a socket can be made: nothing is there.</summary>
    public string Socket { get; }

    /// <summary>Takes the folder, which is made where it is missing.</summary>
    /// <returns>Null where another process serves it.</returns>
    /// <exception cref="StateException">The folder cannot be used, or something stands in the way of the socket.</exception>
    public static GatewayPlace? TryTake(string folder)
    {
        if (StateLock.TryTake(folder, LockFile) is not { } held) return null;
        try
        {
            return new GatewayPlace(held, LocalSocket.Gateway.Prepare(held));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>The socket of the gateway that serves a folder; null where none does, as far as can be seen. Nobody may listen there.</summary>
    /// <exception cref="StateException">Others may have put it there.</exception>
    public static string? FindSocket(string folder) => LocalSocket.Gateway.Find(folder);

    /// <summary>The process whose gateway serves a folder; null where none answers, or the system does not tell.</summary>
    /// <exception cref="StateException">Others may have put the socket there.</exception>
    public static int? FindProcess(string folder)
    {
        if (FindSocket(folder) is not { } path) return null;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return PeerCredentials.ProcessOf(socket);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <summary>Removes the socket, and lets go of the folder.</summary>
    public void Dispose()
    {
        LocalSocket.Gateway.Remove(_held);
        _held.Dispose();
    }
}
