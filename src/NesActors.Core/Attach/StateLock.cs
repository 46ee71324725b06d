using NesActors.Core.Storage.State;

namespace NesActors.Core.Attach;

/// <summary>
/// The right to do something alone with a state folder, such as to run its session: a file held open. The system lets go of it when the process ends, however that happens; the file stays.
/// Whoever only reads or changes the database needs it not.
/// </summary>
public sealed class StateLock : IDisposable
{
    internal const string FileName = "owner.lock";

    private readonly FileStream _file;

    private StateLock(string folder, FileStream file) => (Folder, _file) = (folder, file);

    /// <summary>The state folder.</summary>
    public string Folder { get; }

    /// <summary>Takes the right to run the session of a folder, which is made where it is missing.</summary>
    /// <returns>Null where another process has it.</returns>
    /// <exception cref="StateException">The folder cannot be used.</exception>
    public static StateLock? TryTake(string folder) => TryTake(folder, FileName);

    /// <summary>Takes the right that a file of the folder stands for.</summary>
    internal static StateLock? TryTake(string folder, string fileName)
    {
        StateFolder.Prepare(folder);
        var path = Path.Combine(folder, fileName);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Keys.FileModes.Private;
        try
        {
            return new StateLock(folder, new FileStream(path, options));
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The state folder {folder} cannot be taken: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // EWOULDBLOCK of Linux, of macOS; ERROR_SHARING_VIOLATION.
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
