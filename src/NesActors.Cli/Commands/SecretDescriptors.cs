using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using NesActors.Cli.Hosting;

namespace NesActors.Cli.Commands;

/// <summary>The first lines of file descriptors, read once each: two passphrases may be the same, and a pipe gives it only once.</summary>
internal sealed class SecretDescriptors(CliEnvironment environment) : IDisposable
{
    private const int MaxBytes = 4096;

    private readonly Dictionary<int, byte[]> _lines = [];

    /// <returns>A copy without the line break, which the caller overwrites.</returns>
    /// <exception cref="CliException">There is no such descriptor.</exception>
    public byte[] FirstLine(int descriptor)
    {
        if (!_lines.TryGetValue(descriptor, out var line)) _lines.Add(descriptor, line = Read(descriptor));
        return [.. line];
    }

    public void Dispose()
    {
        foreach (var line in _lines.Values) CryptographicOperations.ZeroMemory(line);
        _lines.Clear();
    }

    private byte[] Read(int descriptor)
    {
        // The number means something else here.
        if (environment.HandedTo is not null) throw new NotHandedOverException();
        if (descriptor == 0) return Encoding.UTF8.GetBytes(environment.In.Value.ReadLine() ?? "");
        if (descriptor < 0 || OperatingSystem.IsWindows()) throw CliException.Usage($"there is no file descriptor {descriptor} to read a passphrase from");
        var buffer = new byte[MaxBytes];
        try
        {
            using var stream = new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Read, bufferSize: 0);
            // No further than the line's end: whoever writes may keep the pipe open.
            int length = 0, end = -1, read;
            while (end < 0 && (read = stream.Read(buffer, length, buffer.Length - length)) > 0)
            {
                length += read;
                end = buffer.AsSpan(0, length).IndexOfAny((byte)'\n', (byte)'\r');
            }
            return buffer[..(end < 0 ? length : end)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CliException.Usage($"file descriptor {descriptor} cannot be read: {error.Message}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }
}
