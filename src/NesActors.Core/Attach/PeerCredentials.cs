using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NesActors.Core.Attach;

/// <summary>Whose process is at the other end of a Unix domain socket, as Linux tells it: <c>struct ucred</c> of unix(7).</summary>
internal static unsafe partial class PeerCredentials
{
    private const int SolSocket = 1, SoPeerCred = 17;

    /// <summary>Whether the other end runs as the same user; root is another one. Where the system does not tell, the mode of the folder has to do.</summary>
    public static bool MayTalk(Socket socket) => MayTalk(socket.SafeHandle);

    /// <inheritdoc cref="MayTalk(Socket)"/>
    public static bool MayTalk(SafeHandle socket) => !OperatingSystem.IsLinux() || (Read(socket) is { } peer && peer.User == EffectiveUser());

    /// <summary>The process at the other end; null where the system does not tell.</summary>
    public static int? ProcessOf(Socket socket) => OperatingSystem.IsLinux() && Read(socket.SafeHandle) is { } peer ? peer.Process : null;

    private static (int Process, uint User)? Read(SafeHandle socket)
    {
        // pid, uid, gid: 32 bits each, in the order of this machine.
        var credentials = stackalloc int[3];
        var length = (uint)(3 * sizeof(int));
        var isHeld = false;
        try
        {
            socket.DangerousAddRef(ref isHeld);
            var isTold = GetOption((int)socket.DangerousGetHandle(), SolSocket, SoPeerCred, credentials, &length) == 0 && length == 3 * sizeof(int);
            return isTold ? (credentials[0], (uint)credentials[1]) : null;
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
        finally
        {
            if (isHeld) socket.DangerousRelease();
        }
    }

    [LibraryImport("libc", EntryPoint = "getsockopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetOption(int socket, int level, int name, void* value, uint* length);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();
}
