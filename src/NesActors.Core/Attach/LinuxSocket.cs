using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace NesActors.Core.Attach;

/// <summary>
/// A connection to a Unix domain socket by the system's own calls: socket(2), connect(2), unix(7). The framework's sockets take longer to load than a bare program takes to start and end
/// (docs/performance.md), which counts for a command that is handed over as it was typed.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LinuxSocket
{
    private const int Unix = 1, Stream = 1, CloseOnExec = 0x80000;

    /// <summary>Connects.</summary>
    /// <param name="path">The socket's path.</param>
    /// <returns>Null where nobody listens there, or another user's process.</returns>
    public static SafeFileHandle? Connect(string path)
    {
        // struct sockaddr_un: the family in 16 bits of this machine's order, the path, and a zero.
        Span<byte> address = stackalloc byte[sizeof(ushort) + LocalSocket.MaxPathBytes + 1];
        address.Clear();
        address[BitConverter.IsLittleEndian ? 0 : 1] = Unix;
        if (!Encoding.UTF8.TryGetBytes(path, address[sizeof(ushort)..^1], out _)) return null;
        var connection = new SafeFileHandle(Socket(Unix, Stream | CloseOnExec, 0), ownsHandle: true);
        fixed (byte* at = address)
        {
            if (!connection.IsInvalid && Connect((int)connection.DangerousGetHandle(), at, (uint)address.Length) == 0 && PeerCredentials.MayTalk(connection)) return connection;
        }
        connection.Dispose();
        return null;
    }

    [LibraryImport("libc", EntryPoint = "socket")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Connect(int socket, byte* address, uint length);
}
