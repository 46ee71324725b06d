using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Keys;

/// <summary>The keys of a data folder.</summary>
/// <param name="Rsa">Signs records.</param>
/// <param name="Fresh">Signs what is true for a time.</param>
/// <param name="Chain">How the RSA key came to be the present one.</param>
internal sealed record DirectoryKeys(RsaPrivateKey Rsa, FreshPrivateKey Fresh, RotationChain Chain) : IDisposable
{
    /// <summary>The directory's id.</summary>
    public Digest Directory => Chain.Directory;

    /// <summary>How often the RSA key was changed.</summary>
    public int Rev => Chain.Rotations.Count;

    /// <summary>Reads the keys, and makes those that are missing. A change of the RSA key that was cut off is brought to its end, or forgotten.</summary>
    /// <exception cref="DirectoryException">A file cannot be used.</exception>
    public static DirectoryKeys LoadOrCreate(string folder)
    {
        KeyRotator.Recover(folder);
        var rsa = DirectoryKey.LoadOrCreate(folder);
        try
        {
            return new DirectoryKeys(rsa, FreshKeyFile.LoadOrCreate(folder), ChainTo(rsa, folder));
        }
        catch
        {
            rsa.Dispose();
            throw;
        }
    }

    /// <summary>The changes that lead to a key.</summary>
    public static RotationChain ChainTo(RsaPrivateKey rsa, string folder)
    {
        var present = Digest.Of(rsa.PublicKey);
        if (RotationFile.Read(folder) is not { } chain) return new RotationChain(present, []);
        if (chain.Newest() is { } newest && newest.TryHashKey(out var hash) && hash != present)
            throw new DirectoryException($"{DirectoryKey.FileName} in {folder} is not the key that {RotationFile.Name} ends with. Take both from the same backup.");
        return chain;
    }

    public void Dispose()
    {
        Rsa.Dispose();
        Fresh.Dispose();
    }

    public override string ToString() => $"keys of directory {Directory}";
}
