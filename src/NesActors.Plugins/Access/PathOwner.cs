using System.Runtime.InteropServices;

namespace NesActors.Plugins.Access;

/// <summary>Whose a file or a folder is and who may write it, links followed.</summary>
/// <param name="User">The owner's number.</param>
/// <param name="Group">The group's number.</param>
/// <param name="Mode">The mode's bits.</param>
internal readonly partial record struct PathOwner(uint User, uint Group, UnixFileMode Mode)
{
    // linux/stat.h: the fields of struct statx lie at the same places on every machine.
    private const int Size = 256, UserAt = 20, GroupAt = 24, ModeAt = 28, CurrentFolder = -100;
    private const uint TypeModeUserGroup = 0x1B;
    private const ushort ModeBits = 0xFFF;

    /// <summary>Whether the group may write.</summary>
    public bool IsGroupWritable => (Mode & UnixFileMode.GroupWrite) != 0;

    /// <summary>Whether everybody may write.</summary>
    public bool IsOtherWritable => (Mode & UnixFileMode.OtherWrite) != 0;

    /// <summary>Whether in this folder everybody can rename and delete what they own, and nothing else: as in <c>/tmp</c>.</summary>
    public bool IsSticky => (Mode & UnixFileMode.StickyBit) != 0;

    /// <summary>Looks at a path.</summary>
    /// <returns><see langword="null"/> where the system does not tell: on others than Linux.</returns>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static PathOwner? Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        Span<byte> found = stackalloc byte[Size];
        try
        {
            if (StatX(CurrentFolder, path, 0, TypeModeUserGroup, found) != 0) throw new IOException($"{path} cannot be looked at: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        catch (EntryPointNotFoundException)
        {
            // A C library that is older than the call.
            return null;
        }
        return new PathOwner(MemoryMarshal.Read<uint>(found[UserAt..]), MemoryMarshal.Read<uint>(found[GroupAt..]), (UnixFileMode)(MemoryMarshal.Read<ushort>(found[ModeAt..]) & ModeBits));
    }

    /// <summary>Who runs this process.</summary>
    public static uint Me() => EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> found);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();
}
