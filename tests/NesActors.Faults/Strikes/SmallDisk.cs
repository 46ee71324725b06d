using System.Diagnostics;

namespace NesActors.Faults.Strikes;

/// <summary>A disk of 32 MiB in memory. To mount it takes the rights of root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nes-small-disk-");

    private SmallDisk() => Run("mount", "-t", "tmpfs", "-o", "size=32m,mode=700", "tmpfs", _folder.FullName);

    public string Folder => _folder.FullName;

    private string Ballast => Path.Combine(Folder, "ballast");

    public static SmallDisk Mount() => new();

    public void Fill()
    {
        try
        {
            using var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[4096];
            while (true) ballast.Write(page);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void MakeRoom() => File.Delete(Ballast);

    public void Dispose()
    {
        Run("umount", Folder);
        _folder.Delete();
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: this scenario takes the rights of root");
    }
}
