using System.Security.Cryptography;
using NesActors.Core.Keys;
using NesActors.Core.Protection;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Storage.Sqlite;

/// <summary>
/// The file <c>store.key</c> (mode 0600): a version byte, and the data key of 32 random bytes, in the clear where the byte is 1, wrapped by the identity's keyring where it is 2.
/// </summary>
internal static class StoreKeyFile
{
    public const string Name = "store.key";

    public const int KeySize = 32;

    private const byte Clear = 1, Wrapped = 2;

    private static ReadOnlySpan<byte> Purpose => "nes store: data key"u8;

    public static string PathIn(string folder) => Path.Combine(folder, Name);

    /// <summary>Whether the data key lies in the clear.</summary>
    /// <returns>Null where there is no such file, or it cannot be read.</returns>
    public static bool? IsInTheClear(string folder)
    {
        try
        {
            return File.Exists(PathIn(folder)) ? File.ReadAllBytes(PathIn(folder)) is [Clear, ..] : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads the data key of a state folder.</summary>
    /// <param name="folder">The state folder.</param>
    /// <param name="wrap">That of the unlocked keyring; null where the identity has none.</param>
    /// <returns>The key, which the caller overwrites; <see langword="null"/> where there is none.</returns>
    /// <exception cref="StateException">It is damaged, others may read it, or it is wrapped by another keyring.</exception>
    public static byte[]? Read(string folder, KeyWrap? wrap)
    {
        var file = PathIn(folder);
        if (!File.Exists(file)) return null;
        StateFolder.RefuseOpenMode(file, FileModes.Private);
        byte[] content = [];
        try
        {
            content = File.ReadAllBytes(file);
            return content switch
            {
                [Clear, ..] when content.Length == 1 + KeySize => content[1..],
                [Wrapped, ..] when content.Length == 1 + KeyWrap.SizeOf(KeySize) => Unwrap(file, content.AsSpan(1), wrap),
                _ => throw new StateException($"The key {file} is damaged, or of a newer version of this program. Restore it from a backup"),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The key {file} cannot be read: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>The file as it would be in the clear, for a backup.</summary>
    /// <returns>Its bytes, which the caller overwrites; null where there is none.</returns>
    /// <exception cref="StateException">As for reading.</exception>
    public static byte[]? ReadUnwrapped(string folder, KeyWrap? wrap)
    {
        if (Read(folder, wrap) is not { } key) return null;
        byte[] content = [Clear, .. key];
        CryptographicOperations.ZeroMemory(key);
        return content;
    }

    /// <summary>The data key in the bytes of a file in the clear.</summary>
    /// <exception cref="StateException">They are something else.</exception>
    public static ReadOnlySpan<byte> Parse(byte[] content) => content is [Clear, ..] && content.Length == 1 + KeySize
        ? content.AsSpan(1)
        : throw new StateException("The state of the backup is damaged: its key is none");

    /// <summary>Makes a data key for a state folder that has none; of several processes that do so at once, the first one's is everybody's.</summary>
    /// <exception cref="StateException">It cannot be written.</exception>
    public static void Make(string folder, KeyWrap? wrap)
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        try
        {
            Write(folder, key, wrap);
        }
        catch (StateException) when (File.Exists(PathIn(folder)))
        {
            // Another process was faster: its key is everybody's.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Writes the data key of a state folder that has none.</summary>
    /// <exception cref="StateException">It cannot be written, or is there.</exception>
    public static void Write(string folder, ReadOnlySpan<byte> key, KeyWrap? wrap) => Write(folder, key, wrap, static (file, content) => AtomicFile.Write(file, content, FileModes.Private, replace: false));

    /// <summary>Wraps the data key, or writes it in the clear; what was there is overwritten.</summary>
    /// <exception cref="StateException">It cannot be read or written.</exception>
    public static void Rewrite(string folder, KeyWrap wrap, bool inTheClear)
    {
        if (Read(folder, wrap) is not { } key) return;
        try
        {
            Write(folder, key, inTheClear ? null : wrap, AtomicFile.ReplaceSecret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private delegate void Writer(string file, ReadOnlySpan<byte> content);

    private static void Write(string folder, ReadOnlySpan<byte> key, KeyWrap? wrap, Writer write)
    {
        var file = PathIn(folder);
        byte[] content = wrap is null ? [Clear, .. key] : [Wrapped, .. wrap.Wrap(Purpose, key)];
        try
        {
            write(file, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The key {file} cannot be written: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static byte[] Unwrap(string file, ReadOnlySpan<byte> wrapped, KeyWrap? wrap)
    {
        if (wrap is null) throw new StateException($"The key {file} is wrapped by a keyring, and there is none beside your keys: restore the keyring from a copy, or the identity from a backup (nes restore)");
        return wrap.Unwrap(Purpose, wrapped) ?? throw new StateException($"The key {file} is wrapped by another keyring than the one beside your keys, or damaged: restore both from one copy, or the identity from a backup (nes restore)");
    }
}
