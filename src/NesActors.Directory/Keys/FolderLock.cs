namespace NesActors.Directory.Keys;

/// <summary>
/// The right to use a data folder: a file held open. The system lets go of it when the process ends, however that happens; the file stays.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = "directory.lock";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder.</summary>
    /// <param name="folder">The data folder, which exists.</param>
    /// <param name="patience">How long to wait for whoever has it, so that a server may be started while the one before is stopping.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="DirectoryException">Somebody else keeps it.</exception>
    public static async Task<FolderLock> TakeAsync(string folder, TimeSpan patience, TimeProvider clock, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, FileName);
        for (var waited = TimeSpan.Zero; ; waited += Interval)
        {
            if (TryOpen(path) is { } file) return new FolderLock(file);
            if (waited >= patience)
                throw new DirectoryException($"Another key directory runs on {folder}, or its key is being changed: stop that one first, or name another folder.");
            await Task.Delay(Interval, clock, cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    // EWOULDBLOCK of Linux, of macOS; ERROR_SHARING_VIOLATION.
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
