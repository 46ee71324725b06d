using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace Fixture.Suite;

/// <summary>A suite that has a name and no keys.</summary>
public sealed class ToySuite : ICryptoSuite
{
    public string Id => "toy";

    public void GenerateKeys(Username user, IKeyStore keys, KeyGenerationOptions options, CancellationToken cancellation) =>
        throw new ArgumentOutOfRangeException(nameof(options), "The toy makes no keys of any size.");

    public ILocalIdentity LoadIdentity(Username user, IKeyStore keys, TimeProvider clock) => throw new KeyException("The toy has no keys.");

    public IPeerIdentity ReadPeer(PublicRecord record) => throw new KeyException("The toy knows no keys.");
}
