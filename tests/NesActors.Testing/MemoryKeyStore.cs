using System.Collections.Concurrent;
using NesActors.Contracts.Crypto;

namespace NesActors.Testing;

/// <summary>A key store in memory: what is written is copied, what is read is a copy.</summary>
public sealed class MemoryKeyStore : IKeyStore
{
    private readonly ConcurrentDictionary<string, byte[]> _entries = new();
    private readonly ConcurrentDictionary<string, bool> _secret = new();

    /// <summary>The names of what is there, in order.</summary>
    public IReadOnlyList<string> Names => [.. _entries.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether an entry was written as one that only its owner may read.</summary>
    public bool IsSecret(string name) => _secret[name];

    public byte[]? Read(string name) => _entries.TryGetValue(name, out var content) ? [.. content] : null;

    public void Write(string name, ReadOnlySpan<byte> content, bool isSecret)
    {
        _entries[name] = content.ToArray();
        _secret[name] = isSecret;
    }

    public void Erase(string name)
    {
        _entries.TryRemove(name, out _);
        _secret.TryRemove(name, out _);
    }
}
