using System.Text;
using NesActors.Core.Keys;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Attach;

/// <summary>
/// Where a socket of a state folder lies: a name in the folder. Where that path is longer than a socket's address may be, the name is a link to a
/// socket in a folder of mode 0700 among the system's temporary ones; only who may enter the state folder can have put it there.
/// </summary>
/// <param name="FileName">The name.</param>
internal sealed record LocalSocket(string FileName)
{
    /// <summary>That of the process which runs the session.</summary>
    public static readonly LocalSocket Owner = new("nes.sock");

    /// <summary>That of a gateway.</summary>
    public static readonly LocalSocket Gateway = new("api.sock");

    private const int NoSuchDevice = 6, NotSupported = 102;

    /// <summary>sun_path with its closing zero has 108 bytes, on macOS 104 (unix(7), sys/un.h).</summary>
    public static int MaxPathBytes => OperatingSystem.IsMacOS() ? 103 : 107;

    /// <summary>The address to connect to; null where there is none. Nobody may listen there.</summary>
    /// <exception cref="StateException">Others may have put it there.</exception>
    public string? Find(string folder)
    {
        var name = new FileInfo(Path.Combine(folder, FileName));
        if (name.LinkTarget is null && !name.Exists) return null;
        StateFolder.RefuseOpenMode(folder, FileModes.Folder);
        var path = name.LinkTarget ?? name.FullName;
        return Fits(path) ? path : null;
    }

    /// <summary>Removes what an owner left that is gone, and chooses the address to listen at. Only for who holds the lock.</summary>
    /// <exception cref="StateException">Something else has the name, or no place is short enough.</exception>
    public string Prepare(StateLock held)
    {
        Remove(held);
        var name = Path.Combine(held.Folder, FileName);
        if (Fits(name)) return name;
        var place = Directory.CreateTempSubdirectory("nes-").FullName;
        var path = Path.Combine(place, FileName);
        if (!Fits(path))
        {
            Directory.Delete(place);
            throw new StateException(
                $"The path of the state folder {held.Folder} is too long for a socket, and so is that of temporary files {place}: choose a shorter one by STATE_DIR, or TMPDIR");
        }
        File.CreateSymbolicLink(name, path);
        return path;
    }

    /// <summary>Removes the socket. Only for who holds the lock.</summary>
    /// <exception cref="StateException">Something else has the name.</exception>
    public void Remove(StateLock held)
    {
        var name = new FileInfo(Path.Combine(held.Folder, FileName));
        if (Directory.Exists(name.FullName)) throw InTheWay(name.FullName);
        if (name.LinkTarget is { } target)
        {
            if (!File.Exists(target) || IsSocket(target)) RemovePlace(target);
            name.Delete();
        }
        else if (name.Exists)
        {
            if (!IsSocket(name.FullName)) throw InTheWay(name.FullName);
            name.Delete();
        }
    }

    /// <summary>The socket, where it is still there, and the folder that was made for it alone.</summary>
    private static void RemovePlace(string socket)
    {
        try
        {
            File.Delete(socket);
            Directory.Delete(Path.GetDirectoryName(socket)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not as it was left: it is somebody else's now, and nothing here needs it.
        }
    }

    private static bool Fits(string path) => Encoding.UTF8.GetByteCount(path) <= MaxPathBytes;

    /// <summary>The framework knows no file types of Unix; a socket is what cannot be opened as a file for this reason (open(2), ENXIO; EOPNOTSUPP on macOS).</summary>
    private static bool IsSocket(string path)
    {
        if (OperatingSystem.IsWindows()) return File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint);
        try
        {
            // For writing too: a named pipe would else be waited for.
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            return false;
        }
        catch (IOException e)
        {
            return e.HResult is NoSuchDevice or NotSupported;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static StateException InTheWay(string path) => new($"{path} is no socket of this program and stands in its way: move it to another place");
}
