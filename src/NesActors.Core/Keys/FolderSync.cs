using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace NesActors.Core.Keys;

/// <summary>Makes sure that the names in a folder are on the disk: a file that was renamed into it is else only there as long as the machine runs.</summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Waits for the disk. File systems that cannot do it for folders, and Windows, do it on their own time.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = Open(folder, ReadOnly);
        if (!handle.IsInvalid) _ = Sync(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sync(SafeFileHandle folder);
}
