namespace NesActors.Core.Keys;

/// <summary>The file modes of keys and configuration. Windows has none.</summary>
public static class FileModes
{
    /// <summary>0600: what only the owner may read.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>0644: what everybody may read.</summary>
    public const UnixFileMode Public = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>0700: a folder that only the owner may enter.</summary>
    public const UnixFileMode Folder = Private | UnixFileMode.UserExecute;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Whether anybody but the owner may do anything with it.</summary>
    public static bool IsOpen(UnixFileMode mode) => (mode & Others) != 0;

    /// <summary>As <c>chmod</c> takes it: <c>0644</c>.</summary>
    public static string ToOctal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
