using Akka.Actor;
using Akka.Routing;
using NesActors.Contracts.Crypto;
using NesActors.Core.Hosting;

namespace NesActors.Core.Crypto;

/// <summary>Makes the crypto pool.</summary>
internal static class CryptoHosting
{
    /// <summary>A router over workers; by <c>nes.crypto-dispatcher</c>, each gives its thread back after one piece of work.</summary>
    public static Props Pool(ILocalIdentity identity, int workers) =>
        ActorProps.Of(() => new CryptoWorker(identity)).WithRouter(new RoundRobinPool(workers)).WithDispatcher("nes.crypto-dispatcher");
}
