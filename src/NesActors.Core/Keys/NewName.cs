using System.Runtime.InteropServices;

namespace NesActors.Core.Keys;

/// <summary>Gives a finished file a name that nothing has yet.</summary>
public static partial class NewName
{
    // EEXIST, of Linux and of macOS.
    private const int Exists = 17;

    /// <summary>
    /// Renames a file; of several that take one name at once, one gets it. <see cref="File.Move(string, string, bool)"/> looks on Unix whether the name is free, and takes it from whoever came in between;
    /// link(2) does not. Where the file system has no hard links, the former has to do.
    /// </summary>
    /// <param name="unfinished">The name that the file has, in the same folder.</param>
    /// <param name="path">The name that it gets.</param>
    /// <exception cref="IOException">There is something by that name, or it cannot be given; the file is where it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be given; as before.</exception>
    public static void Give(string unfinished, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(unfinished, path) == 0)
            {
                File.Delete(unfinished);
                return;
            }
            if (Marshal.GetLastPInvokeError() == Exists) throw new IOException($"The file '{path}' already exists.", Exists);
        }
        // This does it, or tells why it cannot be done.
        File.Move(unfinished, path, overwrite: false);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string file, string name);
}
