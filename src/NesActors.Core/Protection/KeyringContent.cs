using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NesActors.Core.Keys;

namespace NesActors.Core.Protection;

/// <summary>
/// What is in a keyring: <c>wrap key[32] | count (u8)</c>, then for each entry <c>length (u8) | name | length (u32) | content</c>, numbers big-endian, names in order. All of it is a secret.
/// </summary>
internal sealed class KeyringContent : IDisposable
{
    private const int MaxName = 64;

    private readonly byte[] _wrapKey;
    private readonly SortedDictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

    /// <summary>An empty one with a new wrap key.</summary>
    public KeyringContent() : this(RandomNumberGenerator.GetBytes(KeyWrap.KeySize)) { }

    private KeyringContent(byte[] wrapKey) => _wrapKey = wrapKey;

    /// <summary>The entries' names, in order.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>The wrap of the store's data key; the caller disposes it.</summary>
    public KeyWrap Wrap() => new(_wrapKey);

    /// <summary>A copy of an entry; null where there is none.</summary>
    public byte[]? Find(string name) => _entries.TryGetValue(name, out var content) ? [.. content] : null;

    /// <summary>Puts a copy of an entry in the place of the one that was there.</summary>
    public void Put(string name, ReadOnlySpan<byte> content)
    {
        if (!IsName(name)) throw new ArgumentException("No name of a keyring's entry.", nameof(name));
        if (!_entries.ContainsKey(name) && _entries.Count == byte.MaxValue) throw new InvalidOperationException("The keyring is full.");
        Remove(name);
        _entries.Add(name, content.ToArray());
    }

    /// <summary>Removes an entry, if it is there.</summary>
    public void Remove(string name)
    {
        if (_entries.Remove(name, out var content)) CryptographicOperations.ZeroMemory(content);
    }

    /// <summary>All of it; the caller overwrites it.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[KeyWrap.KeySize + 1 + _entries.Sum(entry => 1 + entry.Key.Length + 4 + entry.Value.Length)];
        _wrapKey.CopyTo(bytes, 0);
        bytes[KeyWrap.KeySize] = (byte)_entries.Count;
        var rest = bytes.AsSpan(KeyWrap.KeySize + 1);
        foreach (var (name, content) in _entries)
        {
            rest[0] = (byte)Encoding.ASCII.GetBytes(name, rest[1..]);
            rest = rest[(1 + name.Length)..];
            BinaryPrimitives.WriteInt32BigEndian(rest, content.Length);
            content.CopyTo(rest[4..]);
            rest = rest[(4 + content.Length)..];
        }
        return bytes;
    }

    /// <summary>Reads what <see cref="ToBytes"/> made, and nothing else.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static KeyringContent Read(ReadOnlySpan<byte> bytes)
    {
        var content = new KeyringContent(Take(ref bytes, KeyWrap.KeySize).ToArray());
        try
        {
            for (var count = Take(ref bytes, 1)[0]; count > 0; count--) content.ReadEntry(ref bytes);
            return bytes.IsEmpty ? content : throw Damaged();
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>Sets all of it to zero.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_wrapKey);
        foreach (var content in _entries.Values) CryptographicOperations.ZeroMemory(content);
        _entries.Clear();
    }

    private void ReadEntry(ref ReadOnlySpan<byte> bytes)
    {
        var name = Encoding.ASCII.GetString(Take(ref bytes, Take(ref bytes, 1)[0]));
        var length = BinaryPrimitives.ReadUInt32BigEndian(Take(ref bytes, 4));
        if (!IsName(name) || _entries.ContainsKey(name) || length > FileKeyStore.MaxBytes) throw Damaged();
        _entries.Add(name, Take(ref bytes, (int)length).ToArray());
    }

    // As FileKeyStore takes them: unprotecting makes files of these names.
    private static bool IsName(string name) => name.Length is > 0 and <= MaxName && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-');

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, int length)
    {
        if (bytes.Length < length) throw Damaged();
        var taken = bytes[..length];
        bytes = bytes[length..];
        return taken;
    }

    private static FormatException Damaged() => new("The content of this keyring is damaged.");
}
