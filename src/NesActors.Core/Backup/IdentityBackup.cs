using NesActors.Contracts;
using NesActors.Contracts.Crypto;
using NesActors.Core.Keys;
using NesActors.Core.Protection;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Backup;

/// <summary>Collects all that makes an identity, and puts it in place again.</summary>
/// <param name="suite">Checks that the keys can be used.</param>
/// <param name="stateFolder">The identity's state folder, whether it is there or not.</param>
/// <param name="clock">The time.</param>
public sealed class IdentityBackup(ICryptoSuite suite, string stateFolder, TimeProvider clock)
{
    /// <summary>Collects. A session that runs is not disturbed.</summary>
    /// <param name="user">Whose identity it is.</param>
    /// <param name="keys">Where its keys lie.</param>
    /// <param name="entries">The entries that there may be.</param>
    /// <param name="wrap">That of the unlocked keyring; null where the identity has none.</param>
    /// <exception cref="KeyException">A key is missing, damaged, or open to others.</exception>
    /// <exception cref="StateException">The state cannot be read.</exception>
    public BackupArchive Collect(Username user, IKeyStore keys, IEnumerable<string> entries, KeyWrap? wrap)
    {
        ArgumentNullException.ThrowIfNull(keys);
        // A backup of keys that cannot be used would be found out when it is too late.
        using (suite.LoadIdentity(user, keys, clock)) { }
        var contents = entries.Select(name => (name, content: keys.Read(name))).Where(entry => entry.content is not null);
        return new BackupArchive(user, clock.GetUtcNow(), contents.ToDictionary(entry => entry.name, entry => entry.content!, StringComparer.Ordinal), StateCopy.Take(stateFolder, wrap));
    }

    /// <summary>Puts an identity in place, whole; a state that was there is kept beside it under another name.</summary>
    /// <param name="archive">From a backup.</param>
    /// <param name="files">Where the keys go.</param>
    /// <param name="passphrase">UTF-8: the private keys go into a keyring under it; null: into files.</param>
    /// <returns>Where the state that was there before is now; null where there was none.</returns>
    /// <exception cref="KeyException">The keys of the backup cannot be used, or cannot be written.</exception>
    /// <exception cref="StateException">The state of the backup cannot be used, or cannot be written.</exception>
    public string? Restore(BackupArchive archive, FileKeyStore files, byte[]? passphrase)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(files);
        using (suite.LoadIdentity(archive.User, new ArchivedKeys(archive.Keys), clock)) { }
        using var state = archive.State.Count == 0 ? null : StateCopy.Prepare(stateFolder, archive.State);
        using var keyring = passphrase is null ? null : Keyring.Make(files, archive.Keys.Where(key => KeyringKeyStore.Holds(key.Key)), passphrase);
        foreach (var (name, content) in archive.Keys)
        {
            if (keyring is null || !KeyringKeyStore.Holds(name)) files.Write(name, content, FileKeyStore.IsSecret(name));
            else files.Erase(name);
        }
        // One that was there before would count, and not the files.
        if (keyring is null) files.Erase(Keyring.Entry);
        return state?.PutInPlace(clock.GetUtcNow(), keyring?.StoreWrap);
    }

    /// <summary>The keys of an archive, to be looked at and not changed.</summary>
    private sealed class ArchivedKeys(IReadOnlyDictionary<string, byte[]> keys) : IKeyStore
    {
        // A copy, as the contract says: whoever reads it overwrites it.
        public byte[]? Read(string name) => keys.TryGetValue(name, out var content) ? [.. content] : null;

        public void Write(string name, ReadOnlySpan<byte> content, bool isSecret) => throw new KeyException("The keys of a backup are not changed.");

        public void Erase(string name) => throw new KeyException("The keys of a backup are not changed.");
    }
}
