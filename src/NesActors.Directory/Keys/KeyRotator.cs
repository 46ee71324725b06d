using System.Security.Cryptography;
using NesActors.Records;
using NesActors.Rsa;

namespace NesActors.Directory.Keys;

/// <summary>
/// Changes the RSA key of a data folder. What counts is the file of rotations, which is replaced at once: before, the old key is the directory's;
/// after, the new one, which lies beside the old one until it has taken its place. Whatever is cut off in between, the next use finds out by <see cref="Recover"/>.
/// </summary>
internal static class KeyRotator
{
    private const string NextFileName = "directory.key.next";

    /// <summary>Makes the change step by step; stopped after any of them, the folder is usable.</summary>
    /// <returns>What was done last.</returns>
    public static IEnumerable<string> Steps(string folder, int bits, TimeProvider clock)
    {
        var (path, next) = (Path.Combine(folder, DirectoryKey.FileName), Path.Combine(folder, NextFileName));
        using var old = DirectoryKey.LoadOrCreate(folder);
        using var @new = RsaPrivateKey.Generate(bits);
        WriteSecret(next, @new);
        yield return "wrote the new key beside the old one";

        RotationFile.Write(folder, Extend(DirectoryKeys.ChainTo(old, folder), old, @new, clock.GetUtcNow()));
        yield return "wrote the statement signed by the old key";

        KeyFiles.Overwrite(path);
        yield return "overwrote the old key";

        KeyFiles.Move(next, path);
        yield return "put the new key in its place";

        DirectoryKey.WritePublicHalf(Path.Combine(folder, DirectoryKey.PublicFileName), @new);
        yield return "wrote the public half";
    }

    /// <summary>Ends a change that was cut off, where its statement was written, and forgets it where not.</summary>
    public static void Recover(string folder)
    {
        var (path, next) = (Path.Combine(folder, DirectoryKey.FileName), Path.Combine(folder, NextFileName));
        if (!File.Exists(next)) return;
        OwnerOnly.RequireSecret(next);
        if (RotationFile.Read(folder)?.Newest() is { } newest && IsKeyOf(newest, next))
        {
            KeyFiles.Overwrite(path);
            KeyFiles.Move(next, path);
        }
        else
        {
            KeyFiles.Erase(next);
        }
    }

    private static RotationChain Extend(RotationChain chain, RsaPrivateKey old, RsaPrivateKey @new, DateTimeOffset now)
    {
        var rotation = new KeyRotation(chain.Directory, chain.Rotations.Count + 1, Digest.Of(old.PublicKey), @new.PublicKey.ToPem(), now);
        return chain.Add(SignedBytes.Sign(old, rotation.ToJson()));
    }

    private static bool IsKeyOf(KeyRotation newest, string file)
    {
        try
        {
            using var key = KeyFiles.ReadSecret(file, pem => RsaPrivateKey.FromPem(pem), "RSA private key");
            return newest.TryHashKey(out var hash) && Digest.Of(key.PublicKey) == hash;
        }
        catch (DirectoryException)
        {
            // Cut off while it was written, so that no statement names it.
            return false;
        }
    }

    private static void WriteSecret(string path, RsaPrivateKey key)
    {
        var pem = key.ExportPkcs1Pem();
        try
        {
            OwnerOnly.WriteNewFile(path, pem);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }
    }
}
