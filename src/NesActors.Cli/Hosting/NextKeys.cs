using System.Security.Cryptography;
using NesActors.Cli.Settings;
using NesActors.Contracts.Crypto;
using NesActors.Core.Keys;

namespace NesActors.Cli.Hosting;

/// <summary>
/// Keys that are to take the place of the present ones: in files of their own (<c>….next</c>) beside them until the directory has them, so that whatever breaks off, the
/// keys that it shows are here.
/// </summary>
internal sealed class NextKeys
{
    private const string PreviousMessage = "rsa-message-previous";
    private const string Message = "rsa-message";

    private readonly FileKeyStore _present;

    public NextKeys(FileKeyStore present, NesSettings settings)
    {
        _present = present;
        Store = new FileKeyStore(new FileKeyStoreOptions(settings.User, settings.Folder)
        {
            Files = settings.KeyFiles.ToDictionary(file => file.Key, file => file.Value + ".next", StringComparer.Ordinal),
            AllowOpenKeys = settings.AllowOpenKeys,
        });
        Entries = [.. settings.KeyFiles.Keys];
    }

    /// <summary>Where they are.</summary>
    public FileKeyStore Store { get; }

    /// <summary>Whether some were made before and are not in place yet.</summary>
    public bool AreThere => Entries.All(name => File.Exists(Store.PathOf(name)));

    private IReadOnlyList<string> Entries { get; }

    /// <summary>Puts them in place; the present message key is kept for what is still under way. Broken off, it can be done again.</summary>
    public void PutInPlace()
    {
        KeepPrevious();
        foreach (var name in Entries) Use(Store, name, content => _present.Write(name, content, FileKeyStore.IsSecret(name)));
        Erase();
    }

    /// <summary>Removes them for good.</summary>
    public void Erase()
    {
        foreach (var name in Entries) Store.Erase(name);
    }

    /// <summary>Removes the message key from before the last change for good.</summary>
    public static void ForgetPrevious(FileKeyStore keys) => keys.Erase(PreviousMessage);

    private void KeepPrevious() => Use(_present, Message, present => Use(Store, Message, next =>
    {
        if (!present.SequenceEqual(next)) _present.Write(PreviousMessage, present, isSecret: true);
    }));

    private static void Use(FileKeyStore keys, string name, Action<byte[]> use)
    {
        if (keys.Read(name) is not { } content) return;
        try
        {
            use(content);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }
}
