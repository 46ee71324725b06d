using System.Collections.Concurrent;
using System.Security.Cryptography;
using NesActors.Contracts.Crypto;

namespace NesActors.Cli.Bench;

/// <summary>Keys of nobody, in memory alone: the user's are not looked at. They are overwritten at the end.</summary>
internal sealed class BenchKeys : IKeyStore, IDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

    public byte[]? Read(string name) => _entries.TryGetValue(name, out var content) ? [.. content] : null;

    public void Write(string name, ReadOnlySpan<byte> content, bool isSecret) => _entries[name] = content.ToArray();

    public void Erase(string name) => _entries.TryRemove(name, out _);

    public void Dispose()
    {
        foreach (var content in _entries.Values) CryptographicOperations.ZeroMemory(content);
    }
}
