using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NesActors.Core.Attach;

/// <summary>Whose process is at the other end of a Unix domain socket, as Linux tells it: <c>struct ucred</c> of unix(7).</summary>
internal static class PeerCredentials
{
    private const int SolSocket = 1, SoPeerCred = 17;

    /// <summary>Whether the other end runs as the same user; root is another one. Where the system does not tell, the mode of the folder has to do.</summary>
    public static bool MayTalk(Socket socket) => !OperatingSystem.IsLinux() || IsOfThisUser(socket);

    private static bool IsOfThisUser(Socket socket)
    {
        // pid, uid, gid: 32 bits each, in the order of this machine.
        Span<byte> credentials = stackalloc byte[12];
        try
        {
            return socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials) == credentials.Length
                && MemoryMarshal.Read<uint>(credentials[4..]) == EffectiveUser();
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();
}
