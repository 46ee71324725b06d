using System.Security.Cryptography;
using NesActors.Cli.Settings.Directory;

namespace NesActors.Cli.Settings;

/// <summary>A file whose first line is a passphrase, as service managers hand them out.</summary>
internal static class PassphraseFile
{
    private const int MaxBytes = 4096;

    /// <summary>Reads it.</summary>
    /// <param name="value">The setting that names it.</param>
    /// <param name="path">Its full path.</param>
    /// <returns>The bytes before the line's end; the caller overwrites them.</returns>
    /// <exception cref="CliException">It cannot be read, holds nothing, or everybody may read it.</exception>
    public static byte[] Read(SettingValue value, string path)
    {
        var buffer = new byte[MaxBytes];
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            Secrets.RequireClosed(path);
            var read = buffer.AsSpan(0, file.ReadAtLeast(buffer, MaxBytes, throwOnEndOfStream: false));
            var end = read.IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0 && read.Length == MaxBytes) throw value.Wrong("its first line is too long for a passphrase");
            var line = end < 0 ? read : read[..end];
            return line.Length > 0 ? line.ToArray() : throw value.Wrong("its first line is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw value.Wrong($"it cannot be read: {e.Message}");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }
}
