using System.Security.Cryptography;
using NesActors.Core.Keys;
using NesActors.Core.Protection;

namespace NesActors.Cli.Hosting;

/// <summary>The keyrings that a command unlocks: each once, for that takes a passphrase and the better part of a second.</summary>
/// <param name="passphrase">Gets the passphrase of what its argument names, in UTF-8.</param>
internal sealed class Keyrings(Func<string, byte[]> passphrase) : IDisposable
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, Keyring> _unlocked = new(StringComparer.Ordinal);

    /// <summary>Unlocks the keyring of some files; it ends with this.</summary>
    /// <exception cref="CliException">Nobody can be asked for the passphrase.</exception>
    /// <exception cref="Contracts.Crypto.KeyException">It is another, or the keyring is damaged.</exception>
    public Keyring Unlock(FileKeyStore files)
    {
        var path = files.PathOf(Keyring.Entry);
        lock (_turn)
        {
            if (_unlocked.TryGetValue(path, out var keyring)) return keyring;
            var given = passphrase(path);
            try
            {
                keyring = Keyring.Open(files, given);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(given);
            }
            _unlocked.Add(path, keyring);
            return keyring;
        }
    }

    public void Dispose()
    {
        lock (_turn)
        {
            foreach (var keyring in _unlocked.Values) keyring.Dispose();
            _unlocked.Clear();
        }
    }
}
