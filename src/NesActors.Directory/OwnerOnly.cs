namespace NesActors.Directory;

/// <summary>Files and folders that only their owner may read. On Windows the profile's access rules do that, and modes do not exist.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode GroupAndOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes the folder with mode 0700 where it is missing; refuses one in which others could swap the key.</summary>
    public static void PrepareFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(folder);
            return;
        }
        if (!System.IO.Directory.Exists(folder))
            System.IO.Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var mode = File.GetUnixFileMode(folder);
        if ((mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0)
            throw new DirectoryException($"Others may write to {folder} (mode {Octal(mode)}). Set it with: chmod 700 {folder}");
    }

    /// <summary>Makes the file with mode 0600 and writes it through to the disk.</summary>
    /// <exception cref="IOException">The file is already there.</exception>
    public static void WriteNewFile(string path, ReadOnlySpan<byte> content)
    {
        using var file = new FileStream(path, NewFile());
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Refuses a secret file that others may touch.</summary>
    public static void RequireSecret(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var mode = File.GetUnixFileMode(path);
        if ((mode & GroupAndOthers) != 0)
            throw new DirectoryException($"Others may use the private key {path} (mode {Octal(mode)}). Set it with: chmod 600 {path}");
    }

    private static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
