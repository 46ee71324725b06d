using System.Security.Cryptography;
using System.Text;
using NesActors.Contracts.Crypto;
using NesActors.Rsa;

namespace NesActors.Crypto.Nes2.Keys;

/// <summary>
/// The two RSA pairs of suite nes1, in its entries and its form. This suite signs its statements with the sign key, by which those who know the user from nes1 know them here; the message key it
/// only passes on in the record.
/// </summary>
internal static class RsaHalves
{
    public const string Message = "rsa-message", Sign = "rsa-sign";
    public const string PublicSuffix = ".pub";
    private const int DefaultSizeInBits = 2048;

    /// <summary>Makes those that are not there, and hands each over to be written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is none that RSA keys have.</exception>
    /// <exception cref="KeyException">One that is there cannot be used.</exception>
    public static IReadOnlyList<(string Name, RsaPrivateKey Key)> Missing(IKeyStore keys, KeyGenerationOptions options, CancellationToken cancellation)
    {
        var made = new List<(string, RsaPrivateKey)>();
        foreach (var name in (string[])[Message, Sign])
        {
            using var present = TryRead(keys, name);
            if (present is not null) continue;
            cancellation.ThrowIfCancellationRequested();
            var size = options.SizeInBits ?? DefaultSizeInBits;
            options.Progress?.Report($"making the {name} key, RSA of {size} bits");
            made.Add((name, RsaPrivateKey.Generate(size)));
        }
        return made;
    }

    /// <exception cref="KeyException">It is missing or cannot be used.</exception>
    public static RsaPrivateKey Read(IKeyStore keys, string name) => TryRead(keys, name) ?? throw new KeyException($"The key {name} is missing.");

    public static void Write(IKeyStore keys, string name, RsaPrivateKey key)
    {
        var pem = key.ExportPkcs1Pem();
        try
        {
            keys.Write(name, pem, isSecret: true);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
        keys.Write(name + PublicSuffix, Encoding.ASCII.GetBytes(key.PublicKey.ToPem()), isSecret: false);
    }

    private static RsaPrivateKey? TryRead(IKeyStore keys, string name)
    {
        if (keys.Read(name) is not { } pem) return null;
        try
        {
            return RsaPrivateKey.FromPem(pem);
        }
        catch (CryptographicException e)
        {
            throw new KeyException($"The key {name} cannot be used. {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }
}
