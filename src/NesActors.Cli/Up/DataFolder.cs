using NesActors.Core.Keys;

namespace NesActors.Cli.Up;

/// <summary>The folder of a local network: one that was named and stays, or a temporary one that goes with it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly bool _isTemporary;

    private DataFolder(string path, bool isTemporary) => (Path, _isTemporary) = (path, isTemporary);

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Makes the folder where it is not there.</summary>
    /// <param name="named">The folder that was asked for; <see langword="null"/>: a temporary one.</param>
    public static DataFolder Open(string? named)
    {
        if (named is null) return new DataFolder(System.IO.Directory.CreateTempSubdirectory("nes-up-").FullName, isTemporary: true);
        var path = System.IO.Path.GetFullPath(named);
        SecureFolder.Make(path);
        return new DataFolder(path, isTemporary: false);
    }

    public void Dispose()
    {
        if (_isTemporary) System.IO.Directory.Delete(Path, recursive: true);
    }
}
