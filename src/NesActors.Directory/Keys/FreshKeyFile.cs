using System.Security.Cryptography;
using NesActors.Records;

namespace NesActors.Directory.Keys;

/// <summary>
/// The Ed25519 key of a data folder: PKCS#8 PEM of mode 0600. It may be deleted while the server is stopped: the next start makes another, and
/// everything that is true for a time only is signed anew.
/// </summary>
internal static class FreshKeyFile
{
    public const string Name = "fresh.key";

    public static FreshPrivateKey LoadOrCreate(string folder)
    {
        var path = Path.Combine(folder, Name);
        return File.Exists(path) ? KeyFiles.ReadSecret(path, pem => FreshPrivateKey.FromPem(pem), "Ed25519 private key") : Create(path);
    }

    private static FreshPrivateKey Create(string path)
    {
        var key = FreshPrivateKey.Generate();
        var pem = key.ExportPem();
        try
        {
            KeyFiles.Replace(path, pem);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }
}
