using System.Security.Cryptography;

namespace NesActors.Directory.Keys;

/// <summary>Reading, replacing and erasing the small files that hold keys.</summary>
internal static class KeyFiles
{
    /// <summary>Makes something of a secret file, whose bytes are overwritten in memory afterwards.</summary>
    /// <exception cref="DirectoryException">The file may be read by others, or holds nothing of the kind.</exception>
    public static T ReadSecret<T>(string path, Func<byte[], T> parse, string kind)
    {
        OwnerOnly.RequireSecret(path);
        var content = File.ReadAllBytes(path);
        try
        {
            return parse(content);
        }
        catch (CryptographicException e)
        {
            throw new DirectoryException($"{path} is no {kind} that a directory can use: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>Replaces a file at once: whoever reads it, also after a crash, finds the old content or the new.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var next = path + ".tmp";
        File.Delete(next);
        OwnerOnly.WriteNewFile(next, content);
        Move(next, path);
    }

    /// <summary>Puts one file in the place of another, and waits until that is on the disk.</summary>
    public static void Move(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        // Flushing a file after it was renamed also writes the renaming, on the file systems with a journal.
        using var file = new FileStream(to, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Overwrites a file in its place, if it is there. What copies the disk or the file system made of it is beyond reach.</summary>
    public static void Overwrite(string path)
    {
        if (!File.Exists(path)) return;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
        file.Write(new byte[file.Length]);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Overwrites and deletes a file that may not be there.</summary>
    public static void Erase(string path)
    {
        Overwrite(path);
        File.Delete(path);
    }
}
