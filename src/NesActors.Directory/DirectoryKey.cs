using System.Security.Cryptography;
using NesActors.Directory.Keys;
using NesActors.Rsa;

namespace NesActors.Directory;

/// <summary>The RSA key that a directory signs its answers with: PKCS#1 PEM of mode 0600, the public half (SPKI PEM) beside it.</summary>
public static class DirectoryKey
{
    /// <summary>The size of a new key in bits.</summary>
    public const int DefaultBits = 4096;

    /// <summary>Name of the private half in a data folder.</summary>
    public const string FileName = "directory.key";

    /// <summary>Name of the public half in a data folder: what clients are given.</summary>
    public const string PublicFileName = "directory.pub";

    /// <summary>Makes a key. It takes seconds.</summary>
    /// <param name="path">File of the private half. The public half gets the same name with <c>.pub</c> in place of <c>.key</c>, or after it.</param>
    /// <param name="bits">Size of the key, 2048 to 8192.</param>
    /// <returns>The file of the public half.</returns>
    /// <exception cref="DirectoryException">One of the files is there already or cannot be written, or the size is none.</exception>
    public static string Create(string path, int bits = DefaultBits)
    {
        RequireSize(bits);
        var publicPath = PublicPath(path);
        foreach (var file in (string[])[path, publicPath])
        {
            if (File.Exists(file)) throw new DirectoryException($"{file} is there already. A directory's key is never overwritten: name another file.");
        }

        using var key = RsaPrivateKey.Generate(bits);
        var pem = key.ExportPkcs1Pem();
        try
        {
            OwnerOnly.WriteNewFile(path, pem);
            WritePublicHalf(publicPath, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DirectoryException($"Cannot write the key {path}: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
        return publicPath;
    }

    /// <summary>The key of a data folder, made now if there is none. The public half is always written anew where it does not fit.</summary>
    internal static RsaPrivateKey LoadOrCreate(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) Create(path);
        var key = KeyFiles.ReadSecret(path, pem => RsaPrivateKey.FromPem(pem), "private key");
        WritePublicHalf(Path.Combine(folder, PublicFileName), key);
        return key;
    }

    /// <summary>
    /// Gives a data folder a new key, which the old one vouches for: clients that know the old one follow. The directory's id stays. The old private
    /// half is overwritten.
    /// </summary>
    /// <param name="folder">The data folder, which no server uses meanwhile.</param>
    /// <param name="bits">Size of the new key, 2048 to 8192.</param>
    /// <param name="clock">The time that the change is dated by.</param>
    /// <param name="cancellation">Ends the waiting for the folder.</param>
    /// <returns>The file of the new public half, and how often the key was changed by now.</returns>
    /// <exception cref="DirectoryException">There is no key, a server runs on the folder, a file cannot be used, or the size is none.</exception>
    public static async Task<(string PublicFile, int Rev)> RotateAsync(string folder, int bits, TimeProvider clock, CancellationToken cancellation)
    {
        RequireSize(bits);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new DirectoryException($"There is no key {path} to change.");
        try
        {
            using var held = await FolderLock.TakeAsync(folder, TimeSpan.Zero, clock, cancellation).ConfigureAwait(false);
            KeyRotator.Recover(folder);
            foreach (var _ in KeyRotator.Steps(folder, bits, clock)) cancellation.ThrowIfCancellationRequested();
            return (Path.Combine(folder, PublicFileName), RotationFile.Read(folder)!.Rotations.Count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DirectoryException($"Cannot change the key {path}: {e.Message}", e);
        }
    }

    internal static void WritePublicHalf(string path, RsaPrivateKey key)
    {
        var pem = key.PublicKey.ToPem();
        if (!File.Exists(path) || File.ReadAllText(path) != pem) File.WriteAllText(path, pem);
    }

    private static void RequireSize(int bits)
    {
        if (bits is < 2048 or > 8192) throw new DirectoryException($"A directory's key has 2048 to 8192 bits, not {bits}.");
    }

    private static string PublicPath(string path) =>
        Path.GetExtension(path) == ".key" ? Path.ChangeExtension(path, ".pub") : path + ".pub";
}
