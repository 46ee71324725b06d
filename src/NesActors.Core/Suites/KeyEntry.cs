using System.Security.Cryptography;
using NesActors.Contracts.Crypto;

namespace NesActors.Core.Suites;

/// <summary>Looks at entries of a key store.</summary>
public static class KeyEntry
{
    /// <summary>Whether there is one of that name.</summary>
    /// <exception cref="KeyException">It is there and may not be read.</exception>
    public static bool IsThere(IKeyStore keys, string name)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var content = keys.Read(name);
        CryptographicOperations.ZeroMemory(content);
        return content is not null;
    }
}
