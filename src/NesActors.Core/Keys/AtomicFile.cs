namespace NesActors.Core.Keys;

/// <summary>Writes small files whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>Replaces or makes a file. The bytes are on the disk and have their mode before the name leads to them.</summary>
    /// <param name="path">The file. Its folder must be there.</param>
    /// <param name="content">All of its bytes.</param>
    /// <param name="mode">Its mode, whatever the process's mask; ignored on Windows.</param>
    /// <param name="replace">Whether what is there is replaced; else that is an error, also when it came meanwhile.</param>
    /// <exception cref="IOException">It cannot be written; what was there is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode, bool replace = true)
    {
        var unfinished = $"{path}.{Path.GetRandomFileName()}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = FileModes.Private;
        try
        {
            using (var file = new FileStream(unfinished, options))
            {
                if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, mode);
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            if (replace) File.Move(unfinished, path, overwrite: true);
            else NewName.Give(unfinished, path);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Replaces a secret: what was there is overwritten once its name leads to the new content. A journal or a flash disk may keep a copy.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">As before.</exception>
    public static void ReplaceSecret(string path, ReadOnlySpan<byte> content)
    {
        using var old = OpenToOverwrite(path);
        Write(path, content, FileModes.Private);
        FolderSync.Flush(Path.GetDirectoryName(path)!);
        Overwrite(old);
    }

    /// <summary>Writes zeros over a file in place: the best that can be done before it is deleted; a journal or a flash disk may keep a copy.</summary>
    public static void Overwrite(string path)
    {
        using var file = OpenToOverwrite(path);
        Overwrite(file);
    }

    private static FileStream OpenToOverwrite(string path) => new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static void Overwrite(FileStream file)
    {
        var zeros = new byte[4096];
        for (var left = file.Length; left > 0; left -= zeros.Length) file.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        file.Flush(flushToDisk: true);
    }
}
