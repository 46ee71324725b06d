using System.Collections.Concurrent;
using NesActors.Contracts.Crypto;
using NesActors.Crypto.RsaAes;
using NesActors.Testing.Vectors;

namespace NesActors.Crypto.Tests.RsaAes;

/// <summary>The users of the vectors, loaded once for each engine: some of them take the managed one a second.</summary>
internal sealed class VectorKeys
{
    private static readonly ConcurrentDictionary<EngineName, VectorKeys> Engines = new();
    private readonly ConcurrentDictionary<string, Lazy<ILocalIdentity>> _identities = new();
    private readonly ConcurrentDictionary<string, Lazy<IPeerIdentity>> _peers = new();

    private VectorKeys(EngineName engine) => Suite = new RsaAesSuite(engine.Get());

    public RsaAesSuite Suite { get; }

    public static VectorKeys On(EngineName engine) => Engines.GetOrAdd(engine, name => new VectorKeys(name));

    public ILocalIdentity Identity(string user) => _identities.GetOrAdd(user, name => new(() =>
        Suite.LoadIdentity(new VectorUser(name).Username, new VectorUser(name).KeyStore(), TimeProvider.System))).Value;

    public IPeerIdentity Peer(string user) => _peers.GetOrAdd(user, name => new(() => Suite.ReadPeer(new VectorUser(name).PublicRecord))).Value;
}
