using System.Security.Cryptography;
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
        if (bits is < 2048 or > 8192) throw new DirectoryException($"A directory's key has 2048 to 8192 bits, not {bits}.");
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
        OwnerOnly.RequireSecret(path);
        var key = Load(path);
        WritePublicHalf(Path.Combine(folder, PublicFileName), key);
        return key;
    }

    private static RsaPrivateKey Load(string path)
    {
        var pem = File.ReadAllBytes(path);
        try
        {
            return RsaPrivateKey.FromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new DirectoryException($"{path} is no private key that a directory can use: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }

    private static void WritePublicHalf(string path, RsaPrivateKey key)
    {
        var pem = key.PublicKey.ToPem();
        if (!File.Exists(path) || File.ReadAllText(path) != pem) File.WriteAllText(path, pem);
    }

    private static string PublicPath(string path) =>
        Path.GetExtension(path) == ".key" ? Path.ChangeExtension(path, ".pub") : path + ".pub";
}
