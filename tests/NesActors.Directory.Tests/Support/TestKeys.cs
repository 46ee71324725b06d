using System.Security.Cryptography;
using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Rsa;

namespace NesActors.Directory.Tests.Support;

/// <summary>Public keys of the vectors' users, and one key for all directories of the tests: a new one would cost each of them seconds.</summary>
internal static class TestKeys
{
    private static readonly Lazy<string> DirectoryKeyPem = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportRSAPrivateKeyPem();
    });

    public static string Message(string user) => Read($"{user}-rsa-message.pub");

    public static string Sign(string user) => Read($"{user}-rsa-sign.pub");

    public static RsaPrivateKey PrivateSign(string user) => RsaPrivateKey.FromPem(File.ReadAllBytes(Path.Combine(Vectors, "keys", $"{user}-rsa-sign")));

    public static string OriginalDirectory => Read("directory-rsa-sign.pub");

    public static PublicRecord Record(string user) => new(
        Username.Parse(user),
        new Dictionary<string, string> { [PublicRecord.MessageKey] = Message(user), [PublicRecord.SignKey] = Sign(user) });

    /// <summary>The body of a registration.</summary>
    public static object Registration(string user, string keysOf, string email = "somebody@example.org") => new
    {
        username = user,
        email,
        public_key_message = Message(keysOf),
        public_key_sign = Sign(keysOf),
    };

    public static void PutDirectoryKey(TempFolder folder)
    {
        var file = folder.File(DirectoryKey.FileName);
        File.WriteAllText(file, DirectoryKeyPem.Value);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static string Read(string name) => File.ReadAllText(Path.Combine(Vectors, "keys", name));

    public static string Vectors => Path.Combine(AppContext.BaseDirectory, "Vectors", "nes-v1");
}
