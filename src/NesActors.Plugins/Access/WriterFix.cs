namespace NesActors.Plugins.Access;

/// <summary>Takes the right to write from others. It does not tell whether they have used it before.</summary>
internal static class WriterFix
{
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Closes a folder and all in it that is the user's own; what belongs to others, or lies behind a link, stays as it is.</summary>
    /// <returns>Whether anything was changed.</returns>
    /// <exception cref="IOException">Something cannot be looked at or changed.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static bool Close(string folder)
    {
        if (!OperatingSystem.IsLinux()) return false;
        var changed = CloseOne(folder);
        // What others own could be changed for something else meanwhile.
        if (PathOwner.Of(folder)?.User != PathOwner.Me()) return changed;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => entry.LinkTarget is null))
            changed |= entry is DirectoryInfo ? Close(entry.FullName) : CloseOne(entry.FullName);
        return changed;
    }

    private static bool CloseOne(string path)
    {
        if (OperatingSystem.IsWindows() || PathOwner.Of(path) is not { } owner || owner.User != PathOwner.Me() || (owner.Mode & Others) == 0) return false;
        File.SetUnixFileMode(path, owner.Mode & ~Others);
        return true;
    }
}
