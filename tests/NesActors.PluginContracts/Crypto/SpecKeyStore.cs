using System.Collections.Concurrent;
using NesActors.Contracts.Crypto;

namespace NesActors.PluginContracts.Crypto;

/// <summary>A key store in memory that the spec can look into.</summary>
internal sealed class SpecKeyStore : IKeyStore
{
    private readonly ConcurrentDictionary<string, (byte[] Content, bool IsSecret)> _entries = new();

    public IReadOnlyList<string> Names => [.. _entries.Keys.Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> SecretNames => [.. Names.Where(name => _entries[name].IsSecret)];

    public byte[]? Read(string name) => _entries.TryGetValue(name, out var entry) ? [.. entry.Content] : null;

    public void Write(string name, ReadOnlySpan<byte> content, bool isSecret) => _entries[name] = (content.ToArray(), isSecret);

    public void Erase(string name) => _entries.TryRemove(name, out _);

    public SpecKeyStore Copy()
    {
        var copy = new SpecKeyStore();
        foreach (var (name, entry) in _entries) copy.Write(name, entry.Content, entry.IsSecret);
        return copy;
    }

    public SpecKeyStore CopyWith(string name, byte[] content)
    {
        var copy = Copy();
        copy.Write(name, content, _entries[name].IsSecret);
        return copy;
    }
}
