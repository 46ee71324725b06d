namespace NesActors.Core.Keys;

/// <summary>Folders for what only their owner may see.</summary>
public static class SecureFolder
{
    /// <summary>Makes a folder, and those above it, with mode 0700. One that is there stays as it is.</summary>
    public static void Make(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, FileModes.Folder);
    }
}
