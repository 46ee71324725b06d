using NesActors.Contracts.Crypto;
using NesActors.Core.Keys;

namespace NesActors.Core.Protection;

/// <summary>The keys of an identity that a passphrase protects: private ones in its unlocked keyring, the others in files.</summary>
/// <param name="keyring">The private ones. The caller disposes it.</param>
/// <param name="files">The others: the public halves, and the revocation, which is to be at hand when the passphrase is forgotten.</param>
/// <param name="keepExisting">Whether an entry that is there stays and writing it is an error.</param>
public sealed class KeyringKeyStore(Keyring keyring, FileKeyStore files, bool keepExisting = false) : IKeyStore
{
    /// <summary>The entry of the statement that revokes the user's keys.</summary>
    public const string Revocation = "revocation";

    /// <summary>Whether an entry is kept in the keyring.</summary>
    public static bool Holds(string name) => FileKeyStore.IsSecret(name) && name is not (Revocation or Keyring.Entry);

    /// <inheritdoc/>
    // A suite may have entries that nobody took into the keyring when it was made: they are read where they are.
    public byte[]? Read(string name) => (Holds(name) ? keyring.Read(name) : null) ?? files.Read(name);

    /// <inheritdoc/>
    /// <exception cref="KeyException">It cannot be written, or is to stay.</exception>
    public void Write(string name, ReadOnlySpan<byte> content, bool isSecret)
    {
        if (!Holds(name))
        {
            files.Write(name, content, isSecret);
            return;
        }
        if (keepExisting && keyring.Names.Contains(name)) throw new KeyException($"There is a key already: {name} in {files.PathOf(Keyring.Entry)}");
        keyring.Write(name, content);
    }

    /// <inheritdoc/>
    /// <exception cref="KeyException">It cannot be removed.</exception>
    public void Erase(string name)
    {
        if (Holds(name)) keyring.Erase(name);
        files.Erase(name);
    }
}
