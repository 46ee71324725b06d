using NesActors.Contracts;
using NesActors.Contracts.Crypto;

namespace NesActors.PluginContracts.Crypto;

/// <summary>Keys of a suite that nobody has.</summary>
internal sealed class ForeignPeer(Username user) : IPeerIdentity
{
    public Username User => user;

    public Fingerprint Fingerprint => new(new string('0', 64));

    public DateTimeOffset? UsableUntil => null;

    public void Dispose() { }
}
