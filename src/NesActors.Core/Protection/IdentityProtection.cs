using System.Security.Cryptography;
using NesActors.Contracts.Crypto;
using NesActors.Core.Keys;
using NesActors.Core.Storage.Sqlite;
using NesActors.Core.Storage.State;

namespace NesActors.Core.Protection;

/// <summary>
/// Puts an identity under a passphrase, and takes it from under it. Wherever that breaks off the identity can be used: as long as there is a keyring it counts, and
/// it is removed last, or written, whole and read again, before anything else is touched.
/// </summary>
/// <param name="files">The identity's key files.</param>
/// <param name="entries">The entries that there may be.</param>
/// <param name="stateFolder">The identity's state folder, whether it is there or not.</param>
/// <param name="progress">Told before each step, in a person's words.</param>
public sealed class IdentityProtection(FileKeyStore files, IEnumerable<string> entries, string stateFolder, IProgress<string>? progress = null)
{
    private readonly IReadOnlyList<string> _private = [.. entries.Where(KeyringKeyStore.Holds)];

    /// <summary>The files with private keys and the store's key that lie in the clear.</summary>
    public IEnumerable<string> InTheClear
    {
        get
        {
            var keys = _private.Select(files.PathOf).Where(File.Exists);
            return StoreKey is { IsInTheClear: true, File: var file } ? keys.Append(file) : keys;
        }
    }

    /// <summary>The file of the store's key, and whether it lies in the clear; null where there is none.</summary>
    public (string File, bool IsInTheClear)? StoreKey => StoreKeyFile.IsInTheClear(stateFolder) is { } isClear ? (StoreKeyFile.PathIn(stateFolder), isClear) : null;

    /// <summary>Makes the keyring, wraps the store's key, and erases the private key files.</summary>
    /// <exception cref="KeyException">A key cannot be read, or the keyring not be written.</exception>
    /// <exception cref="StateException">The store's key cannot be wrapped; run it again to finish.</exception>
    public void Protect(ReadOnlySpan<byte> passphrase) => Protect(passphrase, PassphraseCost.Moderate);

    /// <summary>Ends what was broken off: nothing of an identity that has a keyring stays in the clear.</summary>
    /// <exception cref="KeyException">A private key file holds another key than the keyring, or cannot be erased.</exception>
    /// <exception cref="StateException">The store's key cannot be wrapped.</exception>
    public void Finish(Keyring keyring)
    {
        ArgumentNullException.ThrowIfNull(keyring);
        RefuseStrangers(keyring);
        RewriteStoreKey(keyring, inTheClear: false, "wrapping");
        foreach (var name in _private.Where(name => File.Exists(files.PathOf(name))))
        {
            progress?.Report($"erasing {files.PathOf(name)}");
            files.Erase(name);
        }
    }

    /// <summary>Writes the private keys into files and the store's key in the clear, and removes the keyring.</summary>
    /// <exception cref="KeyException">A private key file holds another key than the keyring, or cannot be written.</exception>
    /// <exception cref="StateException">The store's key cannot be written.</exception>
    public void Unprotect(Keyring keyring)
    {
        ArgumentNullException.ThrowIfNull(keyring);
        RefuseStrangers(keyring);
        RewriteStoreKey(keyring, inTheClear: true, "unwrapping");
        foreach (var name in keyring.Names)
        {
            progress?.Report($"writing {files.PathOf(name)}");
            Use(keyring.Read(name), content => files.Write(name, content, isSecret: true));
            FolderSync.Flush(Path.GetDirectoryName(files.PathOf(name))!);
        }
        foreach (var name in keyring.Names)
        {
            if (!IsCopy(keyring, name)) throw new KeyException($"The key file {files.PathOf(name)} does not hold what was written to it; the keyring is still there, and counts.");
        }
        progress?.Report($"removing {files.PathOf(Keyring.Entry)}");
        keyring.Remove();
    }

    internal void Protect(ReadOnlySpan<byte> passphrase, PassphraseCost cost)
    {
        RefuseLinks();
        if (Keyring.IsThere(files)) throw new KeyException($"There is a keyring already: {files.PathOf(Keyring.Entry)}");
        var keys = _private.Select(name => KeyValuePair.Create(name, files.Read(name))).Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value!);
        try
        {
            if (keys.Count == 0) throw new KeyException($"There are no private keys to protect in {Path.GetDirectoryName(files.PathOf(Keyring.Entry))}.");
            progress?.Report($"writing {files.PathOf(Keyring.Entry)}");
            using (Keyring.Make(files, keys, passphrase, cost)) { }
            using var keyring = OpenAgain(keys, passphrase);
            Finish(keyring);
        }
        finally
        {
            foreach (var content in keys.Values) CryptographicOperations.ZeroMemory(content);
        }
    }

    private void RewriteStoreKey(Keyring keyring, bool inTheClear, string step)
    {
        if (StoreKey is not { } key || key.IsInTheClear == inTheClear) return;
        progress?.Report($"{step} {key.File}");
        StoreKeyFile.Rewrite(stateFolder, keyring.StoreWrap, inTheClear);
    }

    /// <summary>As every later start will; a keyring that does not open must not count.</summary>
    private Keyring OpenAgain(Dictionary<string, byte[]> keys, ReadOnlySpan<byte> passphrase)
    {
        try
        {
            FolderSync.Flush(Path.GetDirectoryName(files.PathOf(Keyring.Entry))!);
            var keyring = Keyring.Open(files, passphrase);
            if (keys.Keys.All(name => IsCopy(keyring, name))) return keyring;
            keyring.Dispose();
            throw new KeyException("The keyring does not hold what was written to it; nothing was changed.");
        }
        catch
        {
            File.Delete(files.PathOf(Keyring.Entry));
            throw;
        }
    }

    /// <summary>A link would be left, and what it leads to.</summary>
    private void RefuseLinks()
    {
        if (_private.Select(files.PathOf).FirstOrDefault(path => new FileInfo(path).LinkTarget is not null) is { } link)
            throw new KeyException($"The key file {link} is a symbolic link: what it leads to would stay in the clear. Set the key's file to that, or put it in the link's place.");
    }

    /// <summary>A key that is in a file alone is nobody's to erase or overwrite. Zeros are what an erasing left that was broken off.</summary>
    private void RefuseStrangers(Keyring keyring)
    {
        foreach (var name in _private.Where(name => File.Exists(files.PathOf(name))))
        {
            var isZero = false;
            Use(files.Read(name), content => isZero = !content.AsSpan().ContainsAnyExcept((byte)0));
            if (!isZero && !IsCopy(keyring, name)) throw new KeyException($"The key file {files.PathOf(name)} holds another key than the keyring {files.PathOf(Keyring.Entry)}: move one of the two away, then try again.");
        }
    }

    private bool IsCopy(Keyring keyring, string name)
    {
        var isCopy = false;
        Use(keyring.Read(name), kept => Use(files.Read(name), content => isCopy = CryptographicOperations.FixedTimeEquals(kept, content)));
        return isCopy;
    }

    private static void Use(byte[]? content, Action<byte[]> use)
    {
        if (content is null) return;
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
