using System.Text;
using NesActors.Contracts;
using NesActors.Core.Keys;
using NesActors.Core.Protection;

namespace NesActors.Core.Tests.Protection;

/// <summary>Key files and a state folder of amy's, gone after the test, and guesses that cost nothing.</summary>
internal sealed class ProtectedIdentity : IDisposable
{
    public static readonly PassphraseCost Cheap = new(8, 1);

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("nes-keyring-");

    public static byte[] Passphrase => Encoding.UTF8.GetBytes("correct horse battery staple");

    public static IReadOnlyList<string> Entries { get; } = ["rsa-message", "rsa-message.pub", "rsa-sign", "rsa-sign.pub", "rsa-message-previous", "revocation"];

    public FileKeyStore Files => new(new FileKeyStoreOptions(Username.Parse("amy"), _folder.FullName));

    public string StateFolder => Path.Combine(_folder.FullName, "amy.state");

    public string KeyringFile => Files.PathOf(Keyring.Entry);

    public static byte[] ContentOf(string name) => Encoding.ASCII.GetBytes($"-----BEGIN {name}-----");

    public void WriteFiles()
    {
        foreach (var name in Entries) Files.Write(name, ContentOf(name), FileKeyStore.IsSecret(name));
    }

    public Keyring MakeKeyring() => Keyring.Make(Files, [KeyValuePair.Create("rsa-sign", ContentOf("rsa-sign"))], Passphrase, Cheap);

    public IdentityProtection Protection(IProgress<string>? progress = null) => new(Files, Entries, StateFolder, progress);

    public void Dispose() => _folder.Delete(recursive: true);
}
