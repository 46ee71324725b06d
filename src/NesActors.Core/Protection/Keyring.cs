using System.Security.Cryptography;
using NesActors.Contracts.Crypto;
using NesActors.Core.Keys;

namespace NesActors.Core.Protection;

/// <summary>
/// An identity's private keys in one file under a passphrase, unlocked: the entry <c>keyring</c> of the files. Every change writes it whole. Safe for several threads at once.
/// </summary>
public sealed class Keyring : IDisposable
{
    /// <summary>The entry of the key files that is the keyring.</summary>
    public const string Entry = "keyring";

    private readonly Lock _turn = new();
    private readonly FileKeyStore _files;
    private readonly KeyringContent _content;
    private PassphraseSeal _seal;
    private byte[] _file;
    private bool _disposed;

    private Keyring(FileKeyStore files, PassphraseSeal seal, KeyringContent content, byte[] file)
    {
        (_files, _seal, _content, _file) = (files, seal, content, file);
        StoreWrap = content.Wrap();
    }

    /// <summary>Wraps the data key of the store. Ends with this.</summary>
    public KeyWrap StoreWrap { get; }

    /// <summary>The entries that are in it.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_turn)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                return [.. _content.Names];
            }
        }
    }

    /// <summary>Whether an identity has one: then the private keys in it count, and no other.</summary>
    public static bool IsThere(FileKeyStore files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return File.Exists(files.PathOf(Entry));
    }

    /// <summary>Makes one with these entries, in the place of one that may be there. It takes the better part of a second.</summary>
    /// <param name="files">Where it goes; their options say whether one that is there is replaced.</param>
    /// <param name="entries">Names and contents, which are copied.</param>
    /// <param name="passphrase">UTF-8.</param>
    /// <exception cref="KeyException">There is one already, or it cannot be written.</exception>
    public static Keyring Make(FileKeyStore files, IEnumerable<KeyValuePair<string, byte[]>> entries, ReadOnlySpan<byte> passphrase) =>
        Make(files, entries, passphrase, PassphraseCost.Moderate);

    /// <summary>Unlocks the one that is there. It takes the better part of a second.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="passphrase">UTF-8.</param>
    /// <exception cref="KeyException">There is none, it is damaged, others can read it, or the passphrase is another.</exception>
    public static Keyring Open(FileKeyStore files, ReadOnlySpan<byte> passphrase)
    {
        ArgumentNullException.ThrowIfNull(files);
        var path = files.PathOf(Entry);
        var file = files.Read(Entry) ?? throw new KeyException($"There is no keyring {path}.");
        byte[] content = [];
        PassphraseSeal? seal = null;
        try
        {
            seal = PassphraseSeal.Open(SealedKind.Keyring, file, passphrase, out content)
                ?? throw new KeyException($"The keyring {path} cannot be opened: the passphrase is another, or the file was changed.");
            return new Keyring(files, seal, KeyringContent.Read(content), file);
        }
        catch (FormatException error)
        {
            seal?.Dispose();
            throw new KeyException($"The keyring {path} cannot be used: {error.Message} Restore it from a copy, or the identity from a backup: nes restore", error);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>A copy of an entry, which the caller overwrites; null where there is none.</summary>
    public byte[]? Read(string name)
    {
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _content.Find(name);
        }
    }

    /// <summary>Writes or replaces an entry.</summary>
    /// <exception cref="KeyException">The keyring cannot be written, or another process has changed it.</exception>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        lock (_turn)
        {
            RefuseChanged();
            _content.Put(name, content);
            Save(_seal);
        }
    }

    /// <summary>Removes an entry; no error where there is none.</summary>
    /// <exception cref="KeyException">As for writing.</exception>
    public void Erase(string name)
    {
        lock (_turn)
        {
            RefuseChanged();
            if (!_content.Names.Contains(name)) return;
            _content.Remove(name);
            Save(_seal);
        }
    }

    /// <summary>Puts it under another passphrase; what it holds and wraps stays as it is.</summary>
    /// <exception cref="KeyException">As for writing.</exception>
    public void ChangePassphrase(ReadOnlySpan<byte> passphrase) => ChangePassphrase(passphrase, PassphraseCost.Moderate);

    /// <summary>Forgets all that was unlocked, and sets it to zero.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            _disposed = true;
            _content.Dispose();
            _seal.Dispose();
            StoreWrap.Dispose();
        }
    }

    internal static Keyring Make(FileKeyStore files, IEnumerable<KeyValuePair<string, byte[]>> entries, ReadOnlySpan<byte> passphrase, PassphraseCost cost)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(entries);
        var content = new KeyringContent();
        foreach (var (name, bytes) in entries) content.Put(name, bytes);
        var keyring = new Keyring(files, PassphraseSeal.Make(SealedKind.Keyring, passphrase, cost), content, []);
        try
        {
            keyring.Save(keyring._seal);
            return keyring;
        }
        catch
        {
            keyring.Dispose();
            throw;
        }
    }

    internal void ChangePassphrase(ReadOnlySpan<byte> passphrase, PassphraseCost cost)
    {
        lock (_turn)
        {
            RefuseChanged();
            var next = PassphraseSeal.Make(SealedKind.Keyring, passphrase, cost);
            try
            {
                Save(next);
            }
            catch
            {
                next.Dispose();
                throw;
            }
            _seal.Dispose();
            _seal = next;
        }
    }

    /// <summary>Removes the file: from then on the private keys in the files count.</summary>
    internal void Remove()
    {
        lock (_turn)
        {
            RefuseChanged();
            File.Delete(_files.PathOf(Entry));
        }
    }

    /// <summary>Two processes that change it at once would each lose what the other wrote.</summary>
    private void RefuseChanged()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_file.AsSpan().SequenceEqual(_files.Read(Entry))) throw new KeyException($"Another program has changed the keyring {_files.PathOf(Entry)} meanwhile; nothing was written. Try again.");
    }

    private void Save(PassphraseSeal seal)
    {
        var content = _content.ToBytes();
        try
        {
            var file = seal.Seal(content);
            if (file.Length > FileKeyStore.MaxBytes) throw new KeyException("The keyring would become too large.");
            _files.Write(Entry, file, isSecret: true);
            _file = file;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }
}
