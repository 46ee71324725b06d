using System.Security.Cryptography;
using NesActors.Contracts.Crypto;
using NesActors.Core.Keys;

namespace NesActors.Cli.Hosting;

/// <summary>
/// Keys that are to take the place of the present ones: in entries of their own (files <c>….next</c>, or in the keyring) beside them until the directory has them, so that
/// whatever breaks off, the keys that it shows are here.
/// </summary>
/// <param name="present">Where the present keys lie.</param>
/// <param name="entries">Their names.</param>
internal sealed class NextKeys(IKeyStore present, IReadOnlyList<string> entries)
{
    private const string Message = "rsa-message";

    /// <summary>Where they are, by the names that they will have.</summary>
    public IKeyStore Store { get; } = new Entries(present);

    /// <summary>Whether some were made before and are not in place yet.</summary>
    public bool AreThere => entries.All(name => Use(Store, name, _ => { }));

    /// <summary>Puts them in place; the present message key is kept for what is still under way. Broken off, it can be done again.</summary>
    public void PutInPlace()
    {
        KeepPrevious();
        foreach (var name in entries) Use(Store, name, content => present.Write(name, content, FileKeyStore.IsSecret(name)));
        Erase();
    }

    /// <summary>Removes them for good.</summary>
    public void Erase()
    {
        foreach (var name in entries) Store.Erase(name);
    }

    /// <summary>Removes the message key from before the last change for good.</summary>
    public static void ForgetPrevious(IKeyStore keys) => keys.Erase(IdentityEntries.PreviousMessage);

    private void KeepPrevious() => Use(present, Message, now => Use(Store, Message, next =>
    {
        if (!now.SequenceEqual(next)) present.Write(IdentityEntries.PreviousMessage, now, isSecret: true);
    }));

    private static bool Use(IKeyStore keys, string name, Action<byte[]> use)
    {
        if (keys.Read(name) is not { } content) return false;
        try
        {
            use(content);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private sealed class Entries(IKeyStore present) : IKeyStore
    {
        public byte[]? Read(string name) => present.Read(IdentityEntries.NextOf(name));

        public void Write(string name, ReadOnlySpan<byte> content, bool isSecret) => present.Write(IdentityEntries.NextOf(name), content, isSecret);

        public void Erase(string name) => present.Erase(IdentityEntries.NextOf(name));
    }
}
