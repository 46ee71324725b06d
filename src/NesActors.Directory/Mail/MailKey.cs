using System.Security.Cryptography;

namespace NesActors.Directory.Mail;

/// <summary>The key that seals waiting mails: 32 random bytes in the data folder, of mode 0600.</summary>
internal static class MailKey
{
    /// <summary>Its name in a data folder.</summary>
    public const string FileName = "mail.key";

    /// <summary>Bytes of AES-256.</summary>
    public const int Length = 32;

    /// <summary>The key of a data folder, made now if there is none.</summary>
    /// <exception cref="DirectoryException">The file is none of a key, or others may read it.</exception>
    public static byte[] LoadOrCreate(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) OwnerOnly.WriteNewFile(path, RandomNumberGenerator.GetBytes(Length));
        OwnerOnly.RequireSecret(path);
        var key = File.ReadAllBytes(path);
        return key.Length == Length
            ? key
            : throw new DirectoryException($"{path} is no key for mails: it has {key.Length} bytes, not {Length}. Without it, mails that wait cannot be sent; remove it to begin anew.");
    }
}
