using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NesActors.Core.Attach;

/// <summary>Whose process is at the other end of a Unix domain socket, as Linux tells it: <c>struct ucred</c> of unix(7).</summary>
internal static class PeerCredentials
{
    private const int SolSocket = 1, SoPeerCred = 17;

    /// <summary>Whether the other end runs as the same user; root is another one. Where the system does not tell, the mode of the folder has to do.</summary>
    public static bool MayTalk(Socket socket) => !OperatingSystem.IsLinux() || IsOfThisUser(socket);

    /// <summary>The process at the other end; null where the system does not tell.</summary>
    public static int? ProcessOf(Socket socket) => OperatingSystem.IsLinux() && Read(socket) is { } peer ? peer.Process : null;

    private static bool IsOfThisUser(Socket socket) => Read(socket) is { } peer && peer.User == EffectiveUser();

    private static (int Process, uint User)? Read(Socket socket)
    {
        // pid, uid, gid: 32 bits each, in the order of this machine.
        Span<byte> credentials = stackalloc byte[12];
        try
        {
            return socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials) == credentials.Length
                ? (MemoryMarshal.Read<int>(credentials), MemoryMarshal.Read<uint>(credentials[4..]))
                : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();
}
