using System.Collections.Concurrent;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Keys;

/// <summary>
/// Keys in files, one entry each, as the original lays them out: private ones of mode 0600, public ones (<c>….pub</c>) of 0644, in a folder of 0700.
/// A file is replaced by renaming a finished one over it, so a reader sees the old or the new one whole. A symbolic link is read through and never
/// written: the new key would take the link's place, not that of the file it leads to.
/// </summary>
public sealed class FileKeyStore : IKeyStore
{
    /// <summary>The largest file that is read, in bytes: far more than any key has.</summary>
    public const int MaxBytes = 1024 * 1024;

    private readonly FileKeyStoreOptions _options;
    private readonly ConcurrentQueue<string> _missing = [];

    /// <summary>Touches no file yet.</summary>
    public FileKeyStore(FileKeyStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Files that were asked for and are not there.</summary>
    public IReadOnlyCollection<string> Missing => _missing;

    /// <summary>The file of an entry, whether it is there or not.</summary>
    /// <exception cref="ArgumentException">The name is none that an entry can have.</exception>
    public string PathOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-')) throw new ArgumentException("No name of a key store's entry.", nameof(name));
        return _options.Files.GetValueOrDefault(name) ?? Path.Combine(_options.Folder, $"{_options.User}-{name}");
    }

    /// <inheritdoc/>
    public byte[]? Read(string name)
    {
        var path = PathOf(name);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (IsSecret(name)) RefuseOpenMode(file, path);
            return ReadAll(file, path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            _missing.Enqueue(path);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KeyException($"The key file {path} cannot be read: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="KeyException">The file cannot be written.</exception>
    public void Write(string name, ReadOnlySpan<byte> content, bool isSecret)
    {
        var path = PathOf(name);
        try
        {
            SecureFolder.Make(Path.GetDirectoryName(path)!);
            RefuseLink(path);
            AtomicFile.Write(path, content, isSecret ? FileModes.Private : FileModes.Public, replace: !_options.KeepExisting);
        }
        catch (IOException error) when (_options.KeepExisting && File.Exists(path))
        {
            throw new KeyException($"There is a key already: {path}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KeyException($"The key file {path} cannot be written: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="KeyException">The file cannot be removed.</exception>
    public void Erase(string name)
    {
        var path = PathOf(name);
        try
        {
            RefuseLink(path);
            if (!File.Exists(path)) return;
            AtomicFile.Overwrite(path);
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KeyException($"The key file {path} cannot be removed: {error.Message}", error);
        }
    }

    /// <summary>Whether an entry is a private half: all are but those whose name ends in <c>.pub</c>.</summary>
    public static bool IsSecret(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !name.EndsWith(".pub", StringComparison.Ordinal);
    }

    private void RefuseOpenMode(FileStream file, string path)
    {
        if (_options.AllowOpenKeys || OperatingSystem.IsWindows()) return;
        var mode = File.GetUnixFileMode(file.SafeFileHandle);
        if (FileModes.IsOpen(mode))
        {
            throw new KeyException($"Other users of this machine can read the private key {path} (mode {FileModes.ToOctal(mode)}); close it with: nes doctor --fix");
        }
    }

    private static byte[] ReadAll(FileStream file, string path)
    {
        var buffer = new byte[4096];
        var length = 0;
        int read;
        while ((read = file.Read(buffer.AsSpan(length))) > 0)
        {
            length += read;
            if (length > MaxBytes) throw new KeyException($"The file {path} is too long for a key.");
            if (length < buffer.Length) continue;
            var larger = new byte[buffer.Length * 2];
            buffer.CopyTo(larger, 0);
            Array.Clear(buffer);
            buffer = larger;
        }
        var content = buffer[..length];
        Array.Clear(buffer);
        return content;
    }

    private static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new KeyException($"The key file {path} is a symbolic link; remove it, or set the key's file to what it leads to.");
        }
    }
}
